// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.CurrentSpan;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/** Tells the ids of the current span, whoever made it. */
enum SpanIds implements CurrentSpan {
  /** The only one. */
  INSTANCE;

  static Span current() {
    Span current = Span.current();
    LiveInvocation function = Scope.currentInvocation();
    return function == null ? current : UnitSpan.of(function).over(current);
  }

  private static @Nullable SpanContext context() {
    SpanContext context = current().getSpanContext();
    return context.isValid() ? context : null;
  }

  @Override
  public @Nullable String traceId() {
    SpanContext context = context();
    return context == null ? null : context.getTraceId();
  }

  @Override
  public @Nullable String spanId() {
    SpanContext context = context();
    return context == null ? null : context.getSpanId();
  }
}
