// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FinalOutcome.Kind;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Signal;
import dev.powertools.core.WorkContext;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.tracing.Calls.TestContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of the records of a batch: children of the batch's, linked to those who sent them. */
class RecordSpanTest {

  private static final String W3C = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String XRAY =
      "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
  private static final String EVENT =
      """
      {"Records":[
        {"messageId":"m-0","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:1:jobs",
         "attributes":{"AWSTraceHeader":"%s"},"messageAttributes":{}},
        {"messageId":"m-1","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:1:jobs",
         "attributes":{},"messageAttributes":{"traceparent":{"stringValue":"%s"}}}]}"""
          .formatted(XRAY, W3C);

  private final Recorded recorded = new Recorded();
  private final FunctionRuntime runtime = recorded.runtime().build();

  /** A batch handler as users write it. */
  static class Jobs {
    @Tracing
    void batch(byte[] event) {}

    @Tracing
    void onRecord(
        @SpanAttribute(value = "job.id", pointer = "/id") @Nullable Object job, Message message) {}
  }

  /** A message. */
  record Message(String id, Map<String, String> headers) implements WorkContext {
    @Override
    public String source() {
      return "arn:aws:sqs:eu-west-1:1:jobs";
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /** A signal. */
  record Retried(String secret) implements Signal {
    @Override
    public String name() {
      return "batch.retry_later";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("cause", secret, "delay_ms", 5L, "token", "t0ps3cret");
    }
  }

  private void batch(Call records) {
    Chain chain = Calls.chain(Jobs.class, "batch", true, runtime);
    Calls.invoke(
        runtime,
        EVENT,
        TestContext.plain(),
        () -> Calls.through(chain, (target, arguments) -> records.run(), EVENT));
  }

  private void record(Message message, FinalOutcome outcome, Call body) throws Throwable {
    LiveInvocation batch = Objects.requireNonNull(Scope.currentInvocation());
    LiveInvocation record =
        batch.child().work(message).event(EventView.of("{\"id\":\"j-1\"}")).open();
    Chain chain = Calls.chain(Jobs.class, "onRecord", false, runtime);
    try (Scope.Attached ignored = Scope.of(record).attach()) {
      Calls.through(chain, (target, arguments) -> body.run(), null, message);
    } catch (IllegalStateException e) {
      record.emit(new Retried("mail ada@acme.com"));
    }
    record.end(outcome);
  }

  private void succeeding(Message message) throws Throwable {
    record(message, FinalOutcome.of(Kind.DONE), () -> null);
  }

  @Test
  void each_record_has_a_child_of_the_batchs_span() {
    batch(
        () -> {
          succeeding(new Message("m-0", Map.of()));
          succeeding(new Message("m-1", Map.of()));
          return null;
        });

    SpanData batch = recorded.spans().get(2);
    assertThat(batch.getName()).isEqualTo("process jobs");
    assertThat(batch.getLinks()).as("records have links of their own").isEmpty();
    for (SpanData span : recorded.spans().subList(0, 2)) {
      assertThat(span.getName()).isEqualTo("process jobs");
      assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
      assertThat(span.getParentSpanId()).isEqualTo(batch.getSpanId());
      assertThat(Recorded.text(span, "messaging.destination.name")).isEqualTo("jobs");
      assertThat(Recorded.text(span, "job.id")).isEqualTo("j-1");
      assertThat(Recorded.text(span, "powertools.outcome")).isEqualTo("done");
    }
    assertThat(Recorded.text(recorded.spans().get(1), "messaging.message.id")).isEqualTo("m-1");
  }

  @Test
  void a_record_is_linked_to_its_sender_in_both_forms() {
    batch(
        () -> {
          succeeding(new Message("m-0", Map.of("AWSTraceHeader", XRAY)));
          succeeding(new Message("m-1", Map.of("traceparent", W3C, "AWSTraceHeader", XRAY)));
          return null;
        });

    assertThat(recorded.spans().get(0).getLinks())
        .singleElement()
        .satisfies(
            link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo("53995c3f42cd8ad8"));
    assertThat(recorded.spans().get(1).getLinks())
        .singleElement()
        .satisfies(
            link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "00-0-0-0", "Root=1;Parent=2;Sampled=3"})
  void a_malformed_header_makes_no_link(String header) {
    batch(
        () -> {
          succeeding(new Message("m", Map.of("AWSTraceHeader", header, "traceparent", header)));
          return null;
        });

    assertThat(recorded.spans().get(0).getLinks()).isEmpty();
  }

  @Test
  void a_failure_marks_its_own_record_and_tells_what_became_of_it() {
    batch(
        () -> {
          record(
              new Message("m-0", Map.of()),
              new FinalOutcome(Kind.RETRY_LATER, new IllegalStateException("bad")),
              () -> {
                throw new IllegalStateException("bad");
              });
          succeeding(new Message("m-1", Map.of()));
          return null;
        });

    SpanData failed = recorded.spans().get(0);
    assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(Recorded.text(failed, "powertools.outcome")).isEqualTo("retry_later");
    EventData signal = failed.getEvents().get(1);
    assertThat(signal.getName()).isEqualTo("batch.retry_later");
    assertThat(signal.getAttributes().asMap().toString())
        .contains("delay_ms=5", "cause=mail [REDACTED]", "token=[REDACTED]");
    assertThat(recorded.spans().get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(recorded.spans().get(2).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void a_dead_letter_is_an_error_also_without_an_exception() {
    batch(
        () -> {
          record(new Message("m", Map.of()), FinalOutcome.of(Kind.DEAD_LETTERED), () -> null);
          return null;
        });

    assertThat(recorded.spans().get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(Recorded.text(recorded.spans().get(0), "error.type")).isEqualTo("dead_lettered");
  }

  @Test
  void a_batch_without_spans_of_records_is_linked_to_all_senders() {
    batch(() -> null);

    assertThat(recorded.only().getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly("53995c3f42cd8ad8", "b7ad6b7169203331");
  }

  @Test
  void what_is_asked_after_the_links_is_the_records_span_still() {
    String[] ids = new String[2];
    batch(
        () -> {
          LiveInvocation batch = Objects.requireNonNull(Scope.currentInvocation());
          LiveInvocation record = batch.child().work(new Message("m", Map.of())).open();
          Chain chain = Calls.chain(Jobs.class, "onRecord", false, runtime);
          try (Scope.Attached ignored = Scope.of(record).attach()) {
            Calls.through(chain, (target, arguments) -> null, null, null);
            ids[0] = SpanIds.INSTANCE.spanId();
          }
          ids[1] = SpanIds.INSTANCE.spanId();
          record.end(FinalOutcome.of(Kind.DONE));
          return null;
        });

    assertThat(ids)
        .containsExactly(recorded.spans().get(0).getSpanId(), recorded.spans().get(1).getSpanId());
  }
}
