// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LiveInvocation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Dead letters as SQS sees them. */
class SqsDeadLettersTest {

  private static final String DEAD_URL = FakeSqs.url("123456789012", "dead");

  private final FakeSqs sqs = new FakeSqs();
  private final FunctionRuntime runtime =
      FunctionRuntime.builder()
          .config(Config.of(Map.of()))
          .timing(new TestTiming())
          .part(SqsClient.class, sqs)
          .build();

  private List<String> park(@Nullable String named, SqsMessage... messages) {
    LiveInvocation batch = Fixtures.batch(runtime);
    DeadLetterTarget target = named == null ? null : DeadLetterTarget.of(named, runtime.config());
    return Fixtures.ids(
        new BatchRun<>(
                batch,
                List.of(messages),
                (invocation, message) -> Outcome.deadLetter("bad"),
                new DeadLetters(target),
                BatchOptions.defaults())
            .unacknowledged(() -> Dispatch.SEQUENTIAL));
  }

  private void redrivePolicy(String source, String deadLetters) {
    sqs.redrivePolicies.put(
        FakeSqs.url("123456789012", source),
        "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:123456789012:"
            + deadLetters
            + "\",\"maxReceiveCount\":5}");
  }

  @Nested
  class A_queue_that_was_named {

    @Test
    void by_url_is_asked_for_nothing_but_to_take_the_messages() {
      assertThat(park(DEAD_URL, Fixtures.message("a"))).isEmpty();
      assertThat(sqs.calls).containsExactly("SendMessageBatch " + DEAD_URL);
    }

    @Test
    void by_arn_is_looked_up_once() {
      String arn = "arn:aws:sqs:eu-central-1:123456789012:dead";

      assertThat(park(arn, Fixtures.message("a"))).isEmpty();
      assertThat(park(arn, Fixtures.message("b"))).isEmpty();
      assertThat(sqs.calls)
          .containsExactly(
              "GetQueueUrl dead", "SendMessageBatch " + DEAD_URL, "SendMessageBatch " + DEAD_URL);
    }
  }

  @Nested
  class The_redrive_policy {

    @Test
    void names_the_queue_and_is_looked_up_once() {
      redrivePolicy("orders", "dead");

      assertThat(park(null, Fixtures.message("a"))).isEmpty();
      assertThat(park(null, Fixtures.message("b"))).isEmpty();
      assertThat(sqs.calls)
          .containsExactly(
              "GetQueueUrl orders",
              "GetQueueAttributes " + FakeSqs.url("123456789012", "orders"),
              "GetQueueUrl dead",
              "SendMessageBatch " + DEAD_URL,
              "SendMessageBatch " + DEAD_URL);
    }

    @Test
    void that_is_missing_leaves_the_message_where_it_is() {
      assertThat(park(null, Fixtures.message("a"))).containsExactly("a");
      assertThat(park(null, Fixtures.message("b"))).containsExactly("b");
      assertThat(sqs.calls).hasSize(2);
    }

    @Test
    void that_names_the_queue_itself_leaves_the_message_where_it_is() {
      redrivePolicy("orders", "orders");

      assertThat(park(null, Fixtures.message("a"))).containsExactly("a");
      assertThat(sqs.sent).isEmpty();
    }

    @Test
    void that_may_not_be_read_leaves_the_message_where_it_is_and_is_asked_for_again() {
      sqs.denied = true;
      assertThat(park(null, Fixtures.message("a"))).containsExactly("a");

      sqs.denied = false;
      redrivePolicy("orders", "dead");
      assertThat(park(null, Fixtures.message("a"))).isEmpty();
    }

    @Test
    void of_a_source_without_an_arn_cannot_be_found() {
      SqsMessage nowhere = Fixtures.sqs("a", "b", "", Map.of(), Map.of());

      assertThat(park(null, nowhere)).containsExactly("a");
    }
  }

  @Nested
  class A_request {

    private SendMessageBatchRequestEntry entry(String queue, SqsMessage message) {
      park(queue, message);
      return sqs.sent.get(sqs.sent.size() - 1).entries().get(0);
    }

    @Test
    void has_ids_of_its_own_and_body_attributes_and_trace_as_they_were() {
      SqsMessage message =
          Fixtures.sqs(
              "m-1",
              "{\"a\": 1}",
              Fixtures.STANDARD,
              Map.of("AWSTraceHeader", "Root=1-5759e988"),
              Map.of(
                  "n", MessageAttribute.of("Number.int", "42"),
                  "b", MessageAttribute.of("Binary", new byte[] {0, -1})));

      SendMessageBatchRequestEntry entry = entry(DEAD_URL, message);

      assertThat(entry.id()).isEqualTo("e0");
      assertThat(entry.messageBody()).isEqualTo("{\"a\": 1}");
      assertThat(entry.messageAttributes().get("n").dataType()).isEqualTo("Number.int");
      assertThat(entry.messageAttributes().get("n").stringValue()).isEqualTo("42");
      assertThat(entry.messageAttributes().get("b").binaryValue().asByteArray())
          .containsExactly(0, -1);
      assertThat(entry.messageAttributes().get("pt.origin").stringValue()).isEqualTo("m-1");
      assertThat(entry.messageSystemAttributes())
          .hasEntrySatisfying(
              MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
              value -> assertThat(value.stringValue()).isEqualTo("Root=1-5759e988"));
      assertThat(entry.messageDeduplicationId()).isNull();
      assertThat(entry.messageGroupId()).isNull();
    }

    @Test
    void to_a_fifo_queue_keeps_the_group_and_has_the_message_id_for_deduplication() {
      SendMessageBatchRequestEntry entry = entry(DEAD_URL + ".fifo", Fixtures.grouped("m-1", "g"));

      assertThat(entry.messageGroupId()).isEqualTo("g");
      assertThat(entry.messageDeduplicationId()).isEqualTo("m-1");
    }

    @Test
    void to_a_fifo_queue_makes_a_group_for_a_message_without_one() {
      assertThat(entry(DEAD_URL + ".fifo", Fixtures.message("m-1")).messageGroupId())
          .isEqualTo("m-1");
    }

    @Test
    void keeps_the_group_of_a_fair_queue() {
      SqsMessage fair =
          Fixtures.sqs("m", "b", Fixtures.STANDARD, Map.of("MessageGroupId", "tenant"), Map.of());

      assertThat(entry(DEAD_URL, fair).messageGroupId()).isEqualTo("tenant");
    }

    @Test
    void is_repeated_for_faults_of_the_queue_and_not_for_those_of_the_sender() {
      sqs.failing.put("body of a", false);
      sqs.failing.put("body of b", true);

      assertThat(
              park(
                  DEAD_URL,
                  Stream.of("a", "b", "c").map(Fixtures::message).toArray(SqsMessage[]::new)))
          .containsExactly("a", "b");
      assertThat(sqs.sent.stream().map(r -> r.entries().size())).containsExactly(3, 1, 1);
    }

    @Test
    void that_is_denied_leaves_the_message_where_it_is() {
      sqs.denied = true;

      assertThat(park(DEAD_URL, Fixtures.message("a"))).containsExactly("a");
    }
  }

  @Test
  void the_lean_client_takes_region_endpoint_and_credentials_from_the_settings() {
    Config config =
        Config.of(
            Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ENDPOINT_URL_SQS", "http://localhost:9324",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_SESSION_TOKEN", "token"));

    try (SqsClient client = SqsClients.lean(config)) {
      assertThat(client.serviceClientConfiguration().region().id()).isEqualTo("eu-central-1");
      assertThat(client.serviceClientConfiguration().endpointOverride())
          .hasValueSatisfying(uri -> assertThat(uri).hasToString("http://localhost:9324"));
      assertThat(client.serviceClientConfiguration().credentialsProvider().resolveIdentity().join())
          .isEqualTo(AwsSessionCredentials.create("id", "secret", "token"));
    }
  }
}
