// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.tracing.Calls.TestContext;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spans are exported before the response, and no exporter holds it up for long. */
class FlushTest {

  private final List<String> exported = new CopyOnWriteArrayList<>();
  private @Nullable OpenTelemetrySdk sdk;

  private OpenTelemetrySdk sdk(Supplier<CompletableResultCode> answer) {
    SpanExporter exporter =
        new SpanExporter() {
          @Override
          public CompletableResultCode export(Collection<SpanData> spans) {
            spans.forEach(span -> exported.add(span.getName()));
            return answer.get();
          }

          @Override
          public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
          }
        };
    OpenTelemetrySdk made =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(
                        BatchSpanProcessor.builder(exporter)
                            .setScheduleDelay(Duration.ofHours(1))
                            .build())
                    .build())
            .build();
    sdk = made;
    return made;
  }

  @AfterEach
  void shutDown() {
    if (sdk != null) {
      sdk.getSdkTracerProvider().shutdown();
    }
  }

  private @Nullable Object handle(OpenTelemetry openTelemetry, TestContext context) {
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .config(Config.of(Map.of()))
            .part(OpenTelemetry.class, openTelemetry)
            .part(
                TracingOptions.class,
                TracingOptions.builder().flushTimeout(Duration.ofHours(1)).build())
            .build();
    return Calls.invoke(runtime, null, context, () -> Traces.call(null, context, () -> "answer"));
  }

  /** As the global instance hides the SDK from those who have the API alone. */
  private static OpenTelemetry hidden(OpenTelemetrySdk sdk) {
    return new OpenTelemetry() {
      @Override
      public TracerProvider getTracerProvider() {
        return sdk.getTracerProvider();
      }

      @Override
      public ContextPropagators getPropagators() {
        return sdk.getPropagators();
      }
    };
  }

  @Test
  void an_sdk_that_is_given_has_exported_when_the_response_goes() {
    handle(sdk(CompletableResultCode::ofSuccess), TestContext.plain());

    assertThat(exported).containsExactly("orders");
  }

  @Test
  void an_sdk_behind_the_global_instance_too() {
    handle(hidden(sdk(CompletableResultCode::ofSuccess)), TestContext.plain());

    assertThat(exported).containsExactly("orders");
  }

  @Test
  void an_exporter_that_fails_or_throws_fails_no_function() {
    assertThat(handle(sdk(CompletableResultCode::ofFailure), TestContext.plain()))
        .isEqualTo("answer");
    shutDown();
    assertThat(
            handle(
                sdk(
                    () -> {
                      throw new IllegalStateException("exporter");
                    }),
                TestContext.plain()))
        .isEqualTo("answer");
  }

  @Test
  @Timeout(120)
  void an_exporter_that_hangs_holds_the_response_up_no_longer_than_the_time_left() {
    // 21 ms are left, 20 of them the function's own; were it not so, this would take an hour
    assertThat(handle(sdk(CompletableResultCode::new), new TestContext("r", null, 21)))
        .isEqualTo("answer");
  }

  @Test
  void nothing_is_flushed_where_no_time_is_left() {
    handle(sdk(CompletableResultCode::ofSuccess), new TestContext("r", null, 15));

    assertThat(exported).isEmpty();
  }

  @Test
  void an_implementation_that_offers_no_flush_is_used_as_it_is() {
    assertThat(handle(OpenTelemetry.noop(), TestContext.plain())).isEqualTo("answer");
  }
}
