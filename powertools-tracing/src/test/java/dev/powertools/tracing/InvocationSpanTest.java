// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.chain.Chain;
import dev.powertools.tracing.Calls.TestContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The span of an invocation: kind, name, attributes, parent, by what triggered it. */
class InvocationSpanTest {

  private static final String TRACE = "5759e988bd862e3fe1be46a994272793";
  private static final String PARENT = "53995c3f42cd8ad8";
  private static final String W3C = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String XRAY =
      "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

  private static final String REST =
      """
      {"resource":"/orders/{id}","path":"/orders/7","httpMethod":"GET",
       "headers":{"X-Forwarded-Proto":"https","User-Agent":"curl","Host":"api.acme.com",
                  "TraceParent":"%s"},
       "requestContext":{"domainName":"api.acme.com"}}"""
          .formatted(W3C);

  private final Recorded recorded = new Recorded();

  /** Handlers as users write them. */
  static class Handlers {
    @Tracing
    @Nullable Object plain(Object event) {
      return event;
    }

    @Tracing(name = "take order", kind = Tracing.Kind.CONSUMER)
    @Nullable Object named(Object event) {
      return event;
    }

    @Tracing(captureResult = Capture.ON)
    @Nullable Object captured(Object event) {
      return event;
    }
  }

  private @Nullable Object handle(@Nullable Object event, TestContext context, Body body) {
    return handle("plain", event, context, body);
  }

  @FunctionalInterface
  interface Body {
    @Nullable Object run() throws Throwable;
  }

  private @Nullable Object handle(
      String method, @Nullable Object event, TestContext context, Body body) {
    var runtime = recorded.runtime().build();
    Chain chain = Calls.chain(Handlers.class, method, true, runtime);
    return Calls.invoke(
        runtime,
        event,
        context,
        () -> Calls.through(chain, (target, arguments) -> body.run(), event));
  }

  private SpanData spanOf(@Nullable Object event) {
    handle(event, TestContext.plain(), () -> null);
    return recorded.only();
  }

  @Nested
  class What_the_platform_says {

    @Test
    void is_on_the_span_of_a_direct_call() {
      SpanData span = spanOf(Map.of("any", "thing"));

      assertThat(span.getName()).isEqualTo("orders");
      assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
      assertThat(span.getAttributes().asMap())
          .containsEntry(SemConv.INVOCATION_ID, "r-1")
          .containsEntry(SemConv.COLD_START, true)
          .containsEntry(SemConv.TRIGGER, "other")
          .containsEntry(SemConv.ACCOUNT_ID, "012345678910")
          .containsEntry(SemConv.INVOKED_ARN, TestContext.ARN + ":live")
          .containsEntry(SemConv.RESOURCE_ID, TestContext.ARN + ":42");
    }

    @Test
    void a_name_and_a_kind_of_the_users_own_stand() {
      handle("named", REST, TestContext.plain(), () -> null);

      assertThat(recorded.only().getName()).isEqualTo("take order");
      assertThat(recorded.only().getKind()).isEqualTo(SpanKind.CONSUMER);
    }

    @Test
    void facts_that_are_traceable_are_on_the_span() {
      handle(
          null,
          TestContext.plain(),
          () -> {
            var facts = FunctionInvocation.current().orElseThrow().attributes();
            facts.put(AttributeKey.of("tenant_id", String.class).traceable(), "acme");
            facts.put(AttributeKey.of("hidden", String.class).loggable(), "x");
            return null;
          });

      assertThat(Recorded.text(recorded.only(), "tenant_id")).isEqualTo("acme");
      assertThat(Recorded.text(recorded.only(), "hidden")).isNull();
    }
  }

  @Nested
  class What_triggered_it {

    @Test
    void a_request_to_a_rest_api() {
      SpanData span = spanOf(REST);

      assertThat(span.getName()).isEqualTo("GET /orders/{id}");
      assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
      assertThat(span.getAttributes().asMap())
          .containsEntry(SemConv.TRIGGER, "http")
          .containsEntry(SemConv.METHOD, "GET")
          .containsEntry(SemConv.ROUTE, "/orders/{id}")
          .containsEntry(SemConv.PATH, "/orders/7")
          .containsEntry(SemConv.SCHEME, "https")
          .containsEntry(SemConv.SERVER, "api.acme.com")
          .containsEntry(SemConv.USER_AGENT, "curl");
    }

    @Test
    void a_request_to_an_http_api_and_what_it_was_answered() {
      handle(
          """
          {"version":"2.0","routeKey":"PUT /orders/{id}","rawPath":"/orders/7",
           "requestContext":{"http":{"method":"PUT","path":"/orders/7"}}}""",
          TestContext.plain(),
          () -> Map.of("statusCode", 201));

      assertThat(recorded.only().getName()).isEqualTo("PUT /orders/{id}");
      assertThat(recorded.only().getAttributes().get(SemConv.STATUS)).isEqualTo(201L);
      assertThat(recorded.only().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void an_answer_of_500_and_more_is_an_error_and_one_of_400_is_not() {
      handle(REST, TestContext.plain(), () -> Map.of("statusCode", 503));
      handle(REST, TestContext.plain(), () -> Map.of("statusCode", 404));

      assertThat(recorded.spans().get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(Recorded.text(recorded.spans().get(0), "error.type")).isEqualTo("503");
      assertThat(recorded.spans().get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void a_method_that_nobody_knows_makes_no_name() {
      SpanData span = spanOf("{\"httpMethod\":\"BREW-7\",\"path\":\"/pot\"}");

      assertThat(span.getName()).isEqualTo("HTTP");
      assertThat(span.getAttributes().asMap())
          .containsEntry(SemConv.METHOD, "_OTHER")
          .containsEntry(SemConv.METHOD_ORIGINAL, "BREW-7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void messages_of_a_queue(int count) {
      StringBuilder records = new StringBuilder();
      for (int i = 0; i < count; i++) {
        records
            .append(i == 0 ? "" : ",")
            .append("{\"messageId\":\"m\",\"eventSource\":\"aws:sqs\",\"body\":\"b\",")
            .append("\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:1:jobs\"}");
      }
      SpanData span = spanOf("{\"Records\":[" + records + "]}");

      assertThat(span.getName()).isEqualTo("process jobs");
      assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
      assertThat(span.getAttributes().asMap())
          .containsEntry(SemConv.TRIGGER, "pubsub")
          .containsEntry(SemConv.SYSTEM, "aws_sqs")
          .containsEntry(SemConv.DESTINATION, "jobs")
          .containsEntry(SemConv.OPERATION_TYPE, "process")
          .containsEntry(SemConv.MESSAGES, (long) count);
    }

    @Test
    void a_message_of_a_topic() {
      SpanData span =
          spanOf(
              """
              {"Records":[{"EventSource":"aws:sns","Sns":{"TopicArn":"arn:aws:sns:eu-west-1:1:news",
               "MessageAttributes":{"traceparent":{"Type":"String","Value":"%s"}}}}]}"""
                  .formatted(W3C));

      assertThat(span.getName()).isEqualTo("process news");
      assertThat(Recorded.text(span, "messaging.system")).isEqualTo("aws.sns");
      assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
      assertThat(span.getLinks()).hasSize(1);
    }

    @Test
    void a_change_in_a_table_and_in_a_bucket() {
      SpanData table =
          spanOf(
              """
              {"Records":[{"eventSource":"aws:dynamodb","eventName":"MODIFY",
               "eventSourceARN":"arn:aws:dynamodb:eu-west-1:1:table/Orders/stream/2026"}]}""");
      handle(
          """
          {"Records":[{"eventSource":"aws:s3","eventName":"ObjectRemoved:Delete",
           "s3":{"bucket":{"name":"pictures"},"object":{"key":"a.png"}}}]}""",
          TestContext.plain(),
          () -> null);
      SpanData bucket = recorded.spans().get(1);

      assertThat(table.getAttributes().asMap())
          .containsEntry(SemConv.TRIGGER, "datasource")
          .containsEntry(SemConv.COLLECTION, "Orders")
          .containsEntry(SemConv.DOCUMENT_OPERATION, "edit");
      assertThat(bucket.getAttributes().asMap())
          .containsEntry(SemConv.COLLECTION, "pictures")
          .containsEntry(SemConv.DOCUMENT, "a.png")
          .containsEntry(SemConv.DOCUMENT_OPERATION, "delete");
    }

    @Test
    void a_schedule_and_an_event_of_a_bus() {
      SpanData timer =
          spanOf(
              """
              {"source":"aws.events","detail-type":"Scheduled Event","time":"2026-01-01T00:00:00Z"}""");
      handle(
          "{\"source\":\"acme.shop\",\"detail-type\":\"Sold\",\"id\":\"e-1\"}",
          TestContext.plain(),
          () -> null);

      assertThat(timer.getAttributes().asMap())
          .containsEntry(SemConv.TRIGGER, "timer")
          .containsEntry(SemConv.TIME, "2026-01-01T00:00:00Z");
      assertThat(recorded.spans().get(1).getAttributes().asMap())
          .containsEntry(SemConv.TRIGGER, "pubsub")
          .containsEntry(SemConv.MESSAGE_ID, "e-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "{\"a\":1,\"A\":2}", "[[[[", "{\"httpMethod\":{}}"})
    void what_cannot_be_read_makes_a_plain_span(String event) {
      assertThat(Recorded.text(spanOf(event), "faas.trigger")).isEqualTo("other");
    }
  }

  @Nested
  class Its_parent {

    @Test
    void is_the_callers_by_the_header_of_w3c_in_any_case() {
      SpanData span = spanOf(REST);

      assertThat(span.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
      assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void is_the_platforms_by_the_header_of_x_ray() {
      handle(null, TestContext.traced(XRAY), () -> null);

      assertThat(recorded.only().getTraceId()).isEqualTo(TRACE);
      assertThat(recorded.only().getParentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void is_the_callers_where_both_are_there() {
      handle(REST, TestContext.traced(XRAY), () -> null);

      assertThat(recorded.only().getParentSpanId()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void is_none_where_x_ray_is_not_sampled_since_the_span_would_be_dropped() {
      handle(null, TestContext.traced(XRAY.replace("Sampled=1", "Sampled=0")), () -> null);

      assertThat(recorded.only().getParentSpanContext().isValid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "garbage",
          "Root=;Parent=;Sampled=1",
          "Root=1-5759e988-bd862e3fe1be46a99427279;Parent=53995c3f42cd8ad8;Sampled=1",
          "Root=1-zzzze988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
          "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=1",
          "=;=;;;Root=1-5759e988-bd862e3fe1be46a994272793"
        })
    void is_none_where_the_header_is_malformed(String header) {
      handle(null, TestContext.traced(header), () -> null);

      assertThat(recorded.only().getParentSpanContext().isValid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-zz-b7ad6b7169203331-01", "", "a,b", "00", "ff-0-0-0"})
    void is_none_where_the_callers_header_is_malformed(String header) {
      assertThat(spanOf(REST.replace(W3C, header)).getParentSpanContext().isValid()).isFalse();
    }
  }

  @Nested
  class A_span_that_is_current_already {

    @Test
    void is_enriched_and_not_doubled() {
      Span agents = recorded.sdk().getTracer("agent").spanBuilder("lambda").startSpan();
      try (Scope ignored = agents.makeCurrent()) {
        handle(REST, TestContext.plain(), () -> Map.of("statusCode", 200));
      }
      assertThat(recorded.spans()).as("it is not ours to end").isEmpty();
      agents.end();

      SpanData span = recorded.only();
      assertThat(span.getName()).isEqualTo("lambda");
      assertThat(span.getAttributes().asMap())
          .containsEntry(SemConv.INVOCATION_ID, "r-1")
          .containsEntry(SemConv.ROUTE, "/orders/{id}")
          .containsEntry(SemConv.STATUS, 200L);
    }
  }

  @Nested
  class A_failure {

    @Test
    void marks_the_span_and_reaches_the_caller_unchanged() {
      IOException cause = new IOException("disk full");
      IllegalStateException failure = new IllegalStateException("no order", cause);

      assertThatThrownBy(
              () ->
                  handle(
                      null,
                      TestContext.plain(),
                      () -> {
                        throw failure;
                      }))
          .isSameAs(failure)
          .hasNoSuppressedExceptions();

      SpanData span = recorded.only();
      assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(Recorded.text(span, "error.type")).isEqualTo("java.lang.IllegalStateException");
      EventData event = span.getEvents().get(0);
      assertThat(event.getName()).isEqualTo("exception");
      assertThat(event.getAttributes().get(SemConv.EXCEPTION_MESSAGE)).isEqualTo("no order");
      assertThat(event.getAttributes().get(SemConv.EXCEPTION_STACK))
          .contains("Caused by: java.io.IOException: disk full");
    }

    @Test
    void may_be_an_error() {
      assertThatThrownBy(
              () ->
                  handle(
                      null,
                      TestContext.plain(),
                      () -> {
                        throw new NoClassDefFoundError("x");
                      }))
          .isInstanceOf(NoClassDefFoundError.class);

      assertThat(recorded.only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }
  }

  @Nested
  class Afterwards {

    @Test
    @SuppressWarnings("MustBeClosedChecker") // as careless users write it
    void nothing_is_current_even_if_the_work_left_a_scope_open() {
      handle(
          null,
          TestContext.plain(),
          () -> {
            recorded.sdk().getTracer("user").spanBuilder("left").startSpan().makeCurrent();
            return null;
          });

      assertThat(Context.current()).isSameAs(Context.root());
    }
  }

  @Nested
  class The_result {

    @Test
    void is_kept_on_request_redacted_and_cut() {
      handle(
          "captured",
          null,
          TestContext.plain(),
          () -> List.of(Map.of("password", "hunter2"), "x".repeat(5000)));

      String result = Recorded.text(recorded.only(), "powertools.result");
      assertThat(result).doesNotContain("hunter2").contains("[REDACTED]").contains("truncated");
      assertThat(result.length()).isLessThan(1100);
    }

    @Test
    void is_not_kept_otherwise() {
      handle(null, TestContext.plain(), () -> "secret");

      assertThat(Recorded.text(recorded.only(), "powertools.result")).isNull();
    }
  }
}
