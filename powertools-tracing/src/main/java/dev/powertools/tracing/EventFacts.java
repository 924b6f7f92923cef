// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.event.EventView;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about who triggered the function.
 *
 * @param kind the kind of the span
 * @param name its name; {@code null} for the function's
 * @param attributes what the conventions name
 * @param http whether the function answers a request
 * @param messages how many messages there are, each with a sender; 0 if it is no such event
 */
record EventFacts(
    SpanKind kind, @Nullable String name, Attributes attributes, boolean http, int messages) {

  private static final EventFacts UNKNOWN = of("other", SpanKind.SERVER);

  static EventFacts of(EventView event) {
    EventFacts facts = HttpFacts.read(event);
    if (facts == null) {
      facts = RecordFacts.read(event);
    }
    if (facts == null) {
      facts = BusFacts.read(event);
    }
    return facts == null ? UNKNOWN : facts;
  }

  private static EventFacts of(String trigger, SpanKind kind) {
    return new EventFacts(kind, null, Attributes.of(SemConv.TRIGGER, trigger), false, 0);
  }
}
