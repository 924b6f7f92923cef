// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Signal;
import dev.powertools.core.SignalListener;
import dev.powertools.core.internal.LiveInvocation;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;

/** Adds signals to spans as events. */
record SignalEvents(SpanText text) implements SignalListener {

  @Override
  public void onSignal(Signal signal, FunctionInvocation invocation) {
    Span span = UnitSpan.of((LiveInvocation) invocation).over(Span.current());
    if (span.isRecording()) {
      AttributesBuilder attributes = Attributes.builder();
      signal.fields().forEach((name, value) -> text.put(attributes, name, value));
      span.addEvent(signal.name(), attributes.build());
    }
  }
}
