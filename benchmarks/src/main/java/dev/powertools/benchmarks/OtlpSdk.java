// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.RuntimeProvider;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;

/** The same SDK for spans made by hand and for {@code @Tracing}: OTLP over HTTP, in batches. */
public final class OtlpSdk implements RuntimeProvider {

  /** As the toolkit makes it. */
  public OtlpSdk() {}

  static OpenTelemetrySdk make() {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT") + "/v1/traces")
            .build();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build();
    return OpenTelemetrySdk.builder().setTracerProvider(provider).build();
  }

  @Override
  public FunctionRuntime runtime() {
    return FunctionRuntime.builder().part(OpenTelemetry.class, make()).build();
  }
}
