// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.Signal;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Dead letters as SQS sees them. */
class SqsDeadLettersTest {

  private static final String DEAD_URL = FakeSqs.url("123456789012", "dead");

  private final FakeSqs sqs = new FakeSqs();
  private final TestTiming timing = new TestTiming();
  private final List<Signal> signals = new ArrayList<>();
  private final FunctionRuntime runtime =
      FunctionRuntime.builder()
          .config(Config.of(Map.of()))
          .timing(timing)
          .listener((signal, invocation) -> signals.add(signal))
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
                new DeadLetters(target, 0),
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
      timing.pass(DeadLetterPaths.PAUSE);
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
    void has_a_bound_in_time() {
      park(DEAD_URL, Fixtures.message("a"));

      assertThat(sqs.sent.get(0).overrideConfiguration())
          .hasValueSatisfying(
              call -> assertThat(call.apiCallTimeout()).contains(Duration.ofSeconds(10)));
    }
  }

  @Nested
  class A_queue_that_cannot_be_used {

    private static final String DEAD_ARN = "arn:aws:sqs:eu-central-1:123456789012:dead";

    private List<Signal> suspended() {
      return signals.stream().filter(BatchSignal.DeadLettersSuspended.class::isInstance).toList();
    }

    private void parkTwice(String code, int status) {
      sqs.failure = FakeSqs.error(code, status);
      assertThat(park(DEAD_URL, Fixtures.message("a"))).containsExactly("a");
      assertThat(park(DEAD_URL, Fixtures.message("b"))).containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource({
      "AccessDenied, 403, sqs:SendMessage",
      "AWS.SimpleQueueService.NonExistentQueue, 400, sqs:SendMessage",
      "QueueDoesNotExist, 400, sqs:SendMessage",
      "KMS.AccessDeniedException, 400, kms:GenerateDataKey",
      "KmsDisabled, 400, kms:GenerateDataKey",
      "KMS.NotFoundException, 400, kms:GenerateDataKey"
    })
    void is_asked_once_and_told_once(String code, int status, String action) {
      parkTwice(code, status);

      assertThat(sqs.calls).hasSize(1);
      assertThat(suspended())
          .containsExactly(
              new BatchSignal.DeadLettersSuspended(DEAD_ARN, action, DeadLetterPaths.PAUSE));
    }

    @ParameterizedTest
    @CsvSource({"RequestThrottled, 400", "InternalServerError, 500", "KmsThrottled, 400"})
    void is_none_that_is_only_busy(String code, int status) {
      parkTwice(code, status);

      assertThat(sqs.calls).hasSize(6);
      assertThat(suspended()).isEmpty();
    }

    @Test
    void is_tried_again_after_a_while_and_then_for_good() {
      parkTwice("AccessDenied", 403);
      sqs.failure = null;

      assertThat(park(DEAD_URL, Fixtures.message("c"))).containsExactly("c");
      timing.pass(DeadLetterPaths.PAUSE);
      assertThat(park(DEAD_URL, Fixtures.message("d"))).isEmpty();
      assertThat(park(DEAD_URL, Fixtures.message("e"))).isEmpty();
      assertThat(sqs.calls).hasSize(3);
    }

    @Test
    void that_still_cannot_be_used_is_left_alone_for_another_while() {
      parkTwice("AccessDenied", 403);

      timing.pass(DeadLetterPaths.PAUSE);
      parkTwice("AccessDenied", 403);
      assertThat(sqs.calls).hasSize(2);
      assertThat(suspended()).hasSize(2);
    }

    @Test
    void holds_up_no_other_queue() {
      sqs.deniedCalls.add("SendMessageBatch " + DEAD_URL);

      assertThat(park(DEAD_URL, Fixtures.message("a"))).containsExactly("a");
      assertThat(park(FakeSqs.url("123456789012", "others"), Fixtures.message("b"))).isEmpty();
    }

    @Test
    void in_a_group_stops_the_group_and_no_other_request_is_made() {
      sqs.denied = true;

      assertThat(
              park(
                  DEAD_URL + ".fifo",
                  Fixtures.grouped("a1", "a"),
                  Fixtures.grouped("b1", "b"),
                  Fixtures.grouped("a2", "a")))
          .containsExactly("a1", "b1", "a2");
      assertThat(sqs.calls).hasSize(1);
    }

    @Test
    void may_be_found_without_the_permission_to_ask_for_its_url() {
      redrivePolicy("orders", "dead");
      sqs.deniedCalls.add("GetQueueUrl");

      assertThat(park(null, Fixtures.message("a"))).isEmpty();
      assertThat(sqs.calls).contains("SendMessageBatch " + DEAD_URL);
    }

    @Test
    void since_its_redrive_policy_may_not_be_read_is_told_with_what_is_missing() {
      sqs.deniedCalls.add("GetQueueAttributes");

      assertThat(park(null, Fixtures.message("a"))).containsExactly("a");
      assertThat(suspended())
          .containsExactly(
              new BatchSignal.DeadLettersSuspended(
                  Fixtures.STANDARD, "sqs:GetQueueAttributes", DeadLetterPaths.PAUSE));
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
