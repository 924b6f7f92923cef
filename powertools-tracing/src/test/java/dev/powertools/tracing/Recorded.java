// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.redact.Redactor;
import dev.powertools.core.redact.SensitiveText;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;

/** An SDK that keeps its spans, and runtimes that use it. */
final class Recorded {

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk;

  Recorded() {
    this(ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
  }

  Recorded(ContextPropagators propagators) {
    sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(propagators)
            .build();
  }

  OpenTelemetrySdk sdk() {
    return sdk;
  }

  FunctionRuntime.Builder runtime() {
    return runtime(Map.of());
  }

  FunctionRuntime.Builder runtime(Map<String, String> environment) {
    return FunctionRuntime.builder()
        .config(Config.of(environment))
        .part(Redactor.class, Redactor.builder().texts(SensitiveText.EMAIL).build())
        .part(OpenTelemetry.class, sdk);
  }

  List<SpanData> spans() {
    return exporter.getFinishedSpanItems();
  }

  SpanData only() {
    assertThat(spans()).hasSize(1);
    return spans().get(0);
  }

  SpanData named(String name) {
    List<SpanData> found = spans().stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(found).as("spans called %s among %s", name, spans()).hasSize(1);
    return found.get(0);
  }

  static String text(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.stringKey(attribute));
  }
}
