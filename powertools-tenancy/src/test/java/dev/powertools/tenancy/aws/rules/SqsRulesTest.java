// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.envelope.EnvelopeKey;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import dev.powertools.tenancy.envelope.TenantEnvelope.Message;
import dev.powertools.tenancy.resource.TenantQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.AddPermissionRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;

class SqsRulesTest {

  @TenantQueue(name = "arn:aws:sqs:eu-central-1:123456789012:jobs")
  @TenantQueue(name = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders.fifo")
  @TenantQueue(name = "arn:aws:sqs:eu-central-1:123456789012:own-{tenant}")
  interface Isolation {}

  @TenantQueue(name = "jobs")
  interface ByName {}

  private static final String HOST = "https://sqs.eu-central-1.amazonaws.com/123456789012/";

  private final Asking sqs = Asking.of(Isolation.class, "Sqs");
  private final Work work =
      Work.of(
          FunctionRuntime.builder()
              .part(EnvelopeKeys.class, EnvelopeKeys.of(EnvelopeKey.of("k1", new byte[32]))));

  private static SendMessageRequest.Builder send(String queue) {
    return SendMessageRequest.builder().queueUrl(queue).messageBody("{}");
  }

  private static SendMessageBatchRequestEntry.Builder entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body);
  }

  private static MessageAttributeValue text(String text) {
    return MessageAttributeValue.builder().dataType("String").stringValue(text).build();
  }

  private TenantId signer(
      Map<String, MessageAttributeValue> attributes, String queue, String body) {
    return work.inside(
        () ->
            TenantEnvelope.verify(
                attributes.get("pt.tenant").stringValue(),
                new Message("arn:aws:sqs:eu-central-1:123456789012:" + queue, body)));
  }

  @Nested
  class A_message {

    @Test
    void is_signed_for_the_tenant_and_grouped_by_it() {
      SendMessageRequest passed =
          (SendMessageRequest)
              sqs.passed(
                  sqs.call(send(HOST + "jobs").messageAttributes(Map.of("a", text("b"))).build()));

      assertThat(signer(passed.messageAttributes(), "jobs", "{}")).isEqualTo(Asking.ACME);
      assertThat(passed.messageAttributes()).containsOnlyKeys("a", "pt.tenant");
      assertThat(passed.messageGroupId()).isEqualTo("acme");
    }

    @Test
    void keeps_its_own_group_and_a_fifo_queues_is_its_senders_to_say() {
      assertThat(group(send(HOST + "jobs").messageGroupId("mine"))).isEqualTo("mine");
      assertThat(group(send(HOST + "orders.fifo"))).isNull();
    }

    private String group(SendMessageRequest.Builder send) {
      return ((SendMessageRequest) sqs.passed(sqs.call(send.build()))).messageGroupId();
    }

    @Test
    void is_signed_in_a_batch_too_each_by_itself() {
      SendMessageBatchRequest passed =
          (SendMessageBatchRequest)
              sqs.passed(
                  sqs.call(
                      SendMessageBatchRequest.builder()
                          .queueUrl(HOST + "own-acme")
                          .entries(
                              List.of(
                                  entry("1", "one").build(),
                                  entry("2", "two").messageGroupId("mine").build()))
                          .build()));

      assertThat(passed.entries())
          .satisfiesExactly(
              first -> {
                assertThat(signer(first.messageAttributes(), "own-acme", "one"))
                    .isEqualTo(Asking.ACME);
                assertThat(first.messageGroupId()).isEqualTo("acme");
              },
              second -> {
                assertThat(signer(second.messageAttributes(), "own-acme", "two"))
                    .isEqualTo(Asking.ACME);
                assertThat(second.messageGroupId()).isEqualTo("mine");
              });
    }

    @ParameterizedTest
    @ValueSource(strings = {"pt.tenant", "PT.Tenant"})
    void that_has_an_envelope_already_is_denied(String name) {
      SdkRequest request = send(HOST + "jobs").messageAttributes(Map.of(name, text("x"))).build();

      Asking.requireDenied(catchThrowable(() -> sqs.completed(sqs.call(request))), "sqs.envelope");
    }

    @Test
    void with_ten_attributes_is_denied_since_the_envelope_would_be_the_eleventh() {
      Map<String, MessageAttributeValue> ten = new HashMap<>();
      for (int i = 0; i < 10; i++) {
        ten.put("a" + i, text("x"));
      }
      Throwable thrown =
          catchThrowable(
              () -> sqs.completed(sqs.call(send(HOST + "jobs").messageAttributes(ten).build())));

      Asking.requireDenied(thrown, "sqs.envelope");
      assertThat(thrown).hasMessageContaining("10 is the most");
    }

    @Test
    void that_a_later_interceptor_changed_is_denied() {
      changed(signed -> signed.messageBody("other"));
      changed(signed -> signed.queueUrl(HOST + "own-acme"));
      changed(signed -> signed.messageAttributes(Map.of()));
      changed(signed -> signed.messageAttributes(Map.of("pt.tenant", text("forged"))));
      changed(signed -> signed.messageAttributes(Map.of("pt.tenant", text(foreign()))));
    }

    private String foreign() {
      return work.inside(
          () ->
              TenantEnvelope.sign(
                  TenantId.of("globex"),
                  new Message("arn:aws:sqs:eu-central-1:123456789012:jobs", "{}")));
    }

    private void changed(UnaryOperator<SendMessageRequest.Builder> change) {
      TenantCall call = sqs.call(send(HOST + "jobs").build());
      SendMessageRequest signed = (SendMessageRequest) sqs.passed(call);
      SdkRequest changed = change.apply(signed.toBuilder()).build();

      Asking.requireDenied(
          catchThrowable(() -> sqs.checkInside(call.with(changed))), "sqs.envelope");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void allows_receiving_from_the_tenants_own_queue(SdkRequest request) {
    sqs.allows(request);
  }

  static Stream<Arguments> allows_receiving_from_the_tenants_own_queue() {
    return receivers(HOST + "own-acme").map(each -> Arguments.of(named(each)));
  }

  private static Stream<SdkRequest> receivers(String queue) {
    return Stream.of(
        ReceiveMessageRequest.builder().queueUrl(queue).waitTimeSeconds(1).build(),
        DeleteMessageRequest.builder().queueUrl(queue).receiptHandle("r").build(),
        DeleteMessageBatchRequest.builder().queueUrl(queue).entries(List.of()).build(),
        ChangeMessageVisibilityRequest.builder().queueUrl(queue).visibilityTimeout(0).build(),
        ChangeMessageVisibilityBatchRequest.builder().queueUrl(queue).build());
  }

  private static Named<SdkRequest> named(SdkRequest request) {
    return Named.of(request.getClass().getSimpleName(), request);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void denies(SdkRequest request, String rule) {
    Asking.requireDenied(catchThrowable(() -> sqs.passed(sqs.call(request))), "sqs." + rule);
  }

  static Stream<Arguments> denies() {
    Stream<SdkRequest> queues =
        Stream.concat(
            Stream.concat(receivers(HOST + "jobs"), receivers(HOST + "own-globex")),
            Stream.of(
                    HOST + "other",
                    HOST + "own-globex",
                    HOST + "own-acme2",
                    HOST + "jobs2",
                    HOST + "Jobs",
                    HOST + "x/jobs",
                    HOST + "jobs?x=/123456789012/jobs",
                    HOST + "jobs#",
                    "https://sqs.eu-central-1.amazonaws.com/999999999999/jobs",
                    "https://sqs.us-east-1.amazonaws.com/123456789012/jobs",
                    "https://user@sqs.eu-central-1.amazonaws.com/123456789012/jobs",
                    "jobs",
                    "",
                    "arn:aws:sqs:eu-central-1:123456789012:jobs")
                .map(url -> send(url).build()));
    Stream<SdkRequest> operations =
        Stream.of(
            PurgeQueueRequest.builder().queueUrl(HOST + "own-acme").build(),
            SetQueueAttributesRequest.builder().queueUrl(HOST + "own-acme").build(),
            AddPermissionRequest.builder().queueUrl(HOST + "own-acme").build(),
            StartMessageMoveTaskRequest.builder().build(),
            CreateQueueRequest.builder().queueName("own-acme").build(),
            ListQueuesRequest.builder().build());
    return Stream.concat(
        queues.map(each -> Arguments.of(each, "queue")),
        operations.map(each -> Arguments.of(named(each), "operation")));
  }

  @Test
  void a_queue_of_a_name_is_one_of_the_functions_own_account() {
    Asking named = Asking.of(ByName.class, "Sqs");
    TenantCall own = named.call(send(HOST + "jobs").build());
    TenantCall other = named.call(send(HOST.replace('1', '9') + "jobs").build());
    Asking.requireDenied(catchThrowable(() -> named.passed(own)), "sqs.queue"); // not known yet

    named.inInvocation(
        "arn:aws:lambda:eu-central-1:123456789012:function:f",
        () -> named.rules().check(own.with(named.rules().complete(own))));

    assertThat(named.passed(own)).isNotNull(); // and remembered, for threads without invocation
    Asking.requireDenied(catchThrowable(() -> named.passed(other)), "sqs.queue");
  }

  @Test
  void allows_on_the_wire_what_a_real_client_sends_and_nothing_else() {
    Sent.Recorder recorder = new Sent.Recorder();
    Sent sent;
    try (SqsClient client = Sent.client(SqsClient.builder(), recorder)) {
      sent = recorder.of(() -> client.sendMessage(send(HOST + "jobs").build()));
    }
    TenantCall call = sqs.call(sent.request());

    sqs.rules().checkWire(call, sent.wire());

    Asking.requireDenied(
        catchThrowable(
            () ->
                sqs.rules()
                    .checkWire(
                        call,
                        sent.wire().toBuilder()
                            .putHeader("X-Amz-Target", List.of("AmazonSQS.PurgeQueue"))
                            .build())),
        "sqs.wire");
  }
}
