// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Tells the current context to others. Baggage may hold anything, so it goes to those named only.
 */
final class Outbound {

  private final OtelSource source;
  private final Set<String> baggageTo;

  Outbound(OtelSource source, Set<String> baggageTo) {
    this.source = source;
    this.baggageTo = baggageTo;
  }

  void inject(String destination, BiConsumer<String, String> header) {
    Context context = Context.current();
    if (!baggageTo.contains(destination)) {
      context = context.with(Baggage.empty());
    }
    OpenTelemetry openTelemetry = source.openTelemetry();
    if (openTelemetry != null) {
      propagator(openTelemetry)
          .inject(context, header, (to, name, value) -> accept(header, name, value));
    }
  }

  private static void accept(BiConsumer<String, String> header, String name, String value) {
    header.accept(name, value);
  }

  /** The SDK's own; W3C's if it has none. */
  static TextMapPropagator propagator(OpenTelemetry openTelemetry) {
    TextMapPropagator configured = openTelemetry.getPropagators().getTextMapPropagator();
    return configured.fields().isEmpty() ? W3CTraceContextPropagator.getInstance() : configured;
  }
}
