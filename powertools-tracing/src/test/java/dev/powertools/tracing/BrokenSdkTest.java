// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.tracing.Calls.TestContext;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An SDK whose methods throw, one after the other: spans are lost, and nothing else. */
class BrokenSdkTest {

  private static final SpanContext CONTEXT =
      SpanContext.create(
          "0af7651916cd43dd8448eb211c80319c",
          "b7ad6b7169203331",
          TraceFlags.getSampled(),
          TraceState.getDefault());

  private final AtomicInteger works = new AtomicInteger();
  private final AtomicInteger thrown = new AtomicInteger();

  /** As the SDK that it stands for, but for one method. */
  private <T> T broken(Class<T> type, String method, Map<Class<?>, Object> others) {
    InvocationHandler handler =
        (proxy, called, arguments) -> {
          if (called.getName().equals(method)) {
            thrown.incrementAndGet();
            throw new NoSuchMethodError("broken: " + method);
          }
          return called.isDefault()
              ? InvocationHandler.invokeDefault(proxy, called, arguments)
              : answer(proxy, called.getReturnType(), others);
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object answer(
      Object self, Class<?> returned, Map<Class<?>, Object> others) {
    if (returned.isInstance(self)) {
      return self;
    }
    if (returned == boolean.class) {
      return true;
    }
    return returned == SpanContext.class ? CONTEXT : others.get(returned);
  }

  private OpenTelemetry sdkBrokenAt(String method) {
    Map<Class<?>, Object> others = new HashMap<>();
    others.put(ContextPropagators.class, ContextPropagators.noop());
    for (Class<?> type :
        List.of(Span.class, SpanBuilder.class, Tracer.class, TracerProvider.class)) {
      others.put(type, broken(type, method, others));
    }
    return broken(OpenTelemetry.class, method, others);
  }

  static Stream<String> methods() {
    return Stream.of(
        "getTracerProvider",
        "getTracer",
        "get",
        "spanBuilder",
        "setParent",
        "setSpanKind",
        "setAllAttributes",
        "startSpan",
        "setAttribute",
        "setStatus",
        "addEvent",
        "getSpanContext",
        "end");
  }

  private @Nullable Object handle(OpenTelemetry sdk, Calls.TestContext context, boolean fails) {
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .config(Config.of(Map.of()))
            .part(OpenTelemetry.class, sdk)
            .build();
    return Calls.invoke(
        runtime,
        null,
        context,
        () ->
            Traces.call(
                null,
                context,
                () -> {
                  Traces.attribute("order", "o-1");
                  return Traces.span("charge", () -> work(fails));
                }));
  }

  private String work(boolean fails) {
    works.incrementAndGet();
    if (fails) {
      throw new IllegalStateException("declined");
    }
    return "answer";
  }

  @ParameterizedTest
  @MethodSource("methods")
  void the_work_is_done_once_and_answers(String method) {
    assertThat(handle(sdkBrokenAt(method), TestContext.plain(), false)).isEqualTo("answer");

    assertThat(works).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void what_the_work_throws_reaches_the_caller_unchanged(String method) {
    assertThatThrownBy(() -> handle(sdkBrokenAt(method), TestContext.plain(), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("declined");

    assertThat(works).hasValue(1);
    assertThat(thrown).as("how often it was reached").hasPositiveValue();
  }
}
