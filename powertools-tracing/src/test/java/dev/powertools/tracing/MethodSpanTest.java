// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Propagation;
import dev.powertools.core.chain.Chain;
import dev.powertools.tracing.Calls.TestContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Spans of any method: children, with parameters and results. */
class MethodSpanTest {

  private final Recorded recorded = new Recorded();

  /** An order. */
  record Order(String id, long cents, String password) {}

  /** Methods as users write them. */
  static class Shop {
    @Tracing
    void charge(
        @SpanAttribute("order.id") String id,
        @SpanAttribute("order.cents") long cents,
        @SpanAttribute("user.password") @Nullable String secret,
        @SpanAttribute("none") @Nullable String none) {}

    @Tracing(name = "ship it", kind = Tracing.Kind.CLIENT)
    void ship(
        @SpanAttribute(value = "order.id", pointer = "/id") Order order,
        @SpanAttribute("order") Order whole) {}

    @Tracing
    void wrongPointer(@SpanAttribute(value = "x", pointer = "id") Order order) {}

    @Tracing(captureError = Capture.OFF)
    void silent() {}
  }

  private @Nullable Object call(
      FunctionRuntime runtime, String method, Work body, @Nullable Object... arguments) {
    Chain chain = Calls.chain(Shop.class, method, false, runtime);
    return Calls.invoke(
        runtime,
        null,
        TestContext.plain(),
        () -> Calls.through(chain, (target, args) -> body.run(), arguments));
  }

  @FunctionalInterface
  interface Work {
    @Nullable Object run() throws Throwable;
  }

  private SpanData spanOf(String method, @Nullable Object... arguments) {
    call(recorded.runtime().build(), method, () -> null, arguments);
    return recorded.only();
  }

  @Nested
  class Parameters {

    @Test
    void are_attributes_of_their_types() {
      SpanData span = spanOf("charge", "o-1", 500L, "hunter2", null);

      assertThat(span.getName()).isEqualTo("Shop.charge");
      assertThat(span.getKind()).isEqualTo(SpanKind.INTERNAL);
      assertThat(span.getAttributes().get(AttributeKey.stringKey("order.id"))).isEqualTo("o-1");
      assertThat(span.getAttributes().get(AttributeKey.longKey("order.cents"))).isEqualTo(500L);
      assertThat(Recorded.text(span, "user.password")).isEqualTo("[REDACTED]");
      assertThat(span.getAttributes().asMap()).hasSize(3);
    }

    @Test
    void are_cut_and_redacted() {
      SpanData span = spanOf("charge", "mail ada@acme.com " + "x".repeat(5000), 1L, null, null);

      assertThat(Recorded.text(span, "order.id"))
          .startsWith("mail [REDACTED] xxx")
          .endsWith("chars]")
          .hasSizeLessThan(1100);
    }

    @Test
    void may_be_read_by_pointer() {
      Order order = new Order("o-7", 5, "hunter2");
      SpanData span = spanOf("ship", order, order);

      assertThat(span.getName()).isEqualTo("ship it");
      assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
      assertThat(Recorded.text(span, "order.id")).isEqualTo("o-7");
      assertThat(Recorded.text(span, "order"))
          .isEqualTo("{\"id\":\"o-7\",\"cents\":5,\"password\":\"[REDACTED]\"}");
    }

    @Test
    void that_throw_do_not_fail_the_call() {
      Object hostile =
          new Object() {
            @Override
            public String toString() {
              throw new IllegalStateException("no text");
            }
          };

      assertThat(spanOf("charge", hostile, 1L, null, null).getName()).isEqualTo("Shop.charge");
    }

    @Test
    void with_a_pointer_that_is_none_are_refused_at_the_start() {
      FunctionRuntime runtime = recorded.runtime().build();

      assertThatThrownBy(() -> Calls.chain(Shop.class, "wrongPointer", false, runtime))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("wrongPointer")
          .hasMessageContaining("@SpanAttribute.pointer");
    }
  }

  @Nested
  class Code {

    @Test
    void makes_children_of_the_current_span() {
      FunctionRuntime runtime = recorded.runtime().build();
      call(
          runtime,
          "silent",
          () ->
              Traces.span(
                  "inner",
                  Tracing.Kind.CLIENT,
                  () -> {
                    Traces.attribute("tries", 3);
                    return null;
                  }));

      SpanData inner = recorded.named("inner");
      assertThat(inner.getParentSpanId()).isEqualTo(recorded.named("Shop.silent").getSpanId());
      assertThat(inner.getKind()).isEqualTo(SpanKind.CLIENT);
      assertThat(inner.getAttributes().get(AttributeKey.longKey("tries"))).isEqualTo(3L);
    }

    @Test
    void is_the_span_of_the_invocation_around_a_handler() {
      FunctionRuntime runtime = recorded.runtime().build();
      Calls.run(
          dev.powertools.core.internal.LiveInvocation.under(runtime).open(),
          () ->
              Traces.call(
                  Map.of(), null, () -> Traces.span("inner", () -> List.of("a", "b").size())));

      assertThat(recorded.named("inner").getParentSpanId())
          .isEqualTo(recorded.named("Traces.call").getSpanId());
      assertThat(recorded.named("Traces.call").getKind()).isEqualTo(SpanKind.SERVER);
    }

    @Test
    void goes_along_over_a_thread_hop() throws Exception {
      FunctionRuntime runtime = recorded.runtime().build();
      ExecutorService pool = Executors.newSingleThreadExecutor();
      call(
          runtime,
          "silent",
          () -> pool.submit(Propagation.wrapCallable(() -> Traces.span("far", () -> 1))).get());
      call(runtime, "silent", () -> pool.submit(() -> Traces.awsTraceHeader()).get());
      pool.shutdown();

      assertThat(recorded.named("far").getParentSpanId())
          .isEqualTo(recorded.spans().get(1).getSpanId());
    }
  }

  @Nested
  class Failures {

    @Test
    void of_a_child_mark_it() {
      FunctionRuntime runtime = recorded.runtime().build();
      IllegalStateException failure = new IllegalStateException("mail ada@acme.com");

      assertThatThrownBy(
              () ->
                  call(
                      runtime,
                      "charge",
                      () -> {
                        throw failure;
                      },
                      "o",
                      1L,
                      null,
                      null))
          .isSameAs(failure);
      assertThat(recorded.only().getStatus().getDescription()).isEqualTo("mail [REDACTED]");
      assertThat(recorded.only().getEvents().get(0).getAttributes().get(SemConv.EXCEPTION_STACK))
          .contains("IllegalStateException")
          .doesNotContain("ada@acme.com");
    }

    @Test
    void keep_their_texts_to_themselves_where_that_is_asked_for() {
      FunctionRuntime runtime = recorded.runtime().build();

      assertThatThrownBy(
              () ->
                  call(
                      runtime,
                      "silent",
                      () -> {
                        throw new IllegalStateException("private");
                      }))
          .hasMessage("private");
      assertThat(recorded.only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(recorded.only().toString()).doesNotContain("private");
      assertThat(Recorded.text(recorded.only(), "error.type"))
          .isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void whose_own_methods_throw_are_recorded_by_their_class() {
      FunctionRuntime runtime = recorded.runtime().build();

      assertThatThrownBy(
              () ->
                  call(
                      runtime,
                      "charge",
                      () -> {
                        throw new Hostile();
                      },
                      "o",
                      1L,
                      null,
                      null))
          .isInstanceOf(Hostile.class);
      assertThat(Recorded.text(recorded.only(), "error.type")).isEqualTo(Hostile.class.getName());
    }

    /** An exception that can't be asked. */
    static final class Hostile extends RuntimeException {
      private static final long serialVersionUID = 1L;

      @Override
      public String getMessage() {
        throw new IllegalStateException("no message");
      }
    }
  }

  @Nested
  class Switches {

    @Test
    void of_the_environment_turn_captures_on_and_off() {
      FunctionRuntime runtime =
          recorded
              .runtime(
                  Map.of(
                      "POWERTOOLS_TRACER_CAPTURE_RESPONSE",
                      "true",
                      "POWERTOOLS_TRACER_CAPTURE_ERROR",
                      "false"))
              .build();
      call(runtime, "charge", () -> Map.of("a", 1), "o", 1L, null, null);
      assertThatThrownBy(
              () ->
                  call(
                      runtime,
                      "ship",
                      () -> {
                        throw new IllegalStateException("private");
                      },
                      null,
                      null))
          .hasMessage("private");

      assertThat(Recorded.text(recorded.named("Shop.charge"), "powertools.result"))
          .isEqualTo("{\"a\":1}");
      assertThat(recorded.named("ship it").toString()).doesNotContain("private");
    }

    @Test
    void of_the_environment_turn_spans_off_and_then_there_is_no_link() {
      FunctionRuntime runtime =
          recorded.runtime(Map.of("POWERTOOLS_TRACE_DISABLED", "true")).build();

      assertThat(Calls.chain(Shop.class, "charge", false, runtime).isEmpty()).isTrue();
    }

    @Test
    void with_a_bad_value_are_refused_at_the_start() {
      FunctionRuntime runtime =
          recorded.runtime(Map.of("POWERTOOLS_TRACE_DISABLED", "yes")).build();

      assertThatThrownBy(() -> Calls.chain(Shop.class, "charge", false, runtime))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("POWERTOOLS_TRACE_DISABLED");
    }
  }
}
