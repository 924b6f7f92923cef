// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqsBatchTest {

  private final FakeDeadLetters deadLetters = FakeDeadLetters.accepting();
  private final FunctionRuntime runtime = Fixtures.runtime(deadLetters).build();

  record Order(String orderId, long cents) {}

  private static SQSEvent event(String... bodies) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId("m" + messages.size());
      message.setBody(body);
      message.setEventSourceArn(Fixtures.STANDARD);
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  private static List<String> ids(SQSBatchResponse response) {
    return response.getBatchItemFailures().stream()
        .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private List<String> handle(SqsBatch<?> batch, SQSEvent event) {
    return ids((SQSBatchResponse) Fixtures.under(runtime, () -> batch.handle(event, null)));
  }

  @Test
  void handles_each_message_and_names_those_that_failed() {
    SqsBatch<Order> batch =
        SqsBatch.of(
            Order.class,
            (order, record) ->
                order.cents() == 0 ? Outcome.retryAfter(java.time.Duration.ZERO) : Outcome.done());

    assertThat(
            handle(
                batch,
                event("{\"orderId\":\"a\",\"cents\":1}", "{\"orderId\":\"b\",\"cents\":0}", "[]")))
        .containsExactly("m1");
    assertThat(deadLetters.heldIds()).containsExactly("m2");
  }

  @Test
  void no_event_and_no_records_are_an_empty_batch() {
    SqsBatch<String> batch = SqsBatch.of(String.class, (text, record) -> Outcome.done());

    assertThat(handle(batch, null)).isEmpty();
    assertThat(handle(batch, new SQSEvent())).isEmpty();
  }

  @Test
  void a_message_without_an_id_throws() {
    SQSEvent event = event("a");
    event.getRecords().get(0).setMessageId(null);
    SqsBatch<String> batch = SqsBatch.of(String.class, (text, record) -> Outcome.done());

    assertThatThrownBy(() -> handle(batch, event))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("Record 0");
  }

  @Test
  void runs_inside_the_invocation_that_is_in_force() {
    LiveInvocation current = Fixtures.batch(runtime);
    List<FunctionInvocation> parents = new ArrayList<>();
    SqsBatch<String> batch =
        SqsBatch.of(
            String.class,
            (text, record) -> {
              FunctionInvocation.current()
                  .flatMap(FunctionInvocation::parent)
                  .ifPresent(parents::add);
              return Outcome.done();
            });

    Fixtures.inside(Scope.of(current), () -> batch.handle(event("a"), null));

    assertThat(parents).containsExactly(current);
    assertThat(current.isOpen()).isTrue();
  }

  @Test
  void attributes_come_in_the_form_of_the_wire() {
    SQSEvent event = event("a");
    SQSEvent.SQSMessage message = event.getRecords().get(0);
    message.setAttributes(Map.of("ApproximateReceiveCount", "2"));
    SQSEvent.MessageAttribute binary = new SQSEvent.MessageAttribute();
    binary.setDataType("Binary.sha");
    binary.setBinaryValue(ByteBuffer.wrap(new byte[] {1, 2}));
    SQSEvent.MessageAttribute number = new SQSEvent.MessageAttribute();
    number.setDataType("Number.int");
    number.setStringValue("7");
    message.setMessageAttributes(Map.of("b", binary, "n", number));
    List<RecordContext> seen = new ArrayList<>();
    SqsBatch<String> batch =
        SqsBatch.of(
            String.class,
            (text, record) -> {
              seen.add(record);
              return Outcome.done();
            });

    handle(batch, event);

    assertThat(seen.get(0).receiveCount()).isEqualTo(2);
    assertThat(seen.get(0).messageAttributes())
        .containsEntry("b", MessageAttribute.of("Binary.sha", new byte[] {1, 2}))
        .containsEntry("n", MessageAttribute.of("Number.int", "7"));
  }

  @Test
  void options_that_cannot_work_fail_where_the_batch_is_made() {
    BatchOptions options = BatchOptions.builder().deadLetterQueue("${NOWHERE}").build();

    assertThat(options.toBuilder().build().deadLetterQueue()).contains("${NOWHERE}");
    assertThatThrownBy(
            () ->
                Fixtures.under(
                    runtime,
                    () -> SqsBatch.of(String.class, options, (text, record) -> Outcome.done())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("NOWHERE is not set");
  }
}
