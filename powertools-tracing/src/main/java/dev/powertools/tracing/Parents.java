// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.PlatformTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parent of an invocation's span where none is current. The first of these that is well
 * formed:
 *
 * <ol>
 *   <li>HTTP headers, by the SDK's own propagators (which may put X-Ray first, if so configured);
 *   <li>the HTTP header {@code traceparent}, by W3C's rules;
 *   <li>the sender's context, if the event is one message;
 *   <li>X-Ray's header from the platform, and then from HTTP, if it is sampled: Lambda hands one in
 *       that is not sampled where nobody switched X-Ray on, and a span under it would be dropped.
 * </ol>
 */
final class Parents {

  private static final String XRAY = "x-amzn-trace-id";

  private Parents() {}

  static Context of(LiveInvocation function, EventFacts facts, TextMapPropagator configured) {
    EventView event = function.event();
    if (facts.http()) {
      Context found = extract(configured, event);
      found = isValid(found) ? found : extract(W3CTraceContextPropagator.getInstance(), event);
      if (isValid(found)) {
        return found;
      }
    }
    SpanContext sender = facts.messages() == 1 ? Senders.of(event, 0) : SpanContext.getInvalid();
    return under(sender.isValid() ? sender : xray(function, facts.http()));
  }

  private static SpanContext xray(LiveInvocation function, boolean http) {
    SpanContext platform = XrayHeader.parse(PlatformTrace.header(function));
    if (platform.isSampled() || !http) {
      return platform;
    }
    return XrayHeader.parse(function.event().header(XRAY).orElse(null));
  }

  private static Context under(SpanContext parent) {
    boolean useful = parent.isValid() && parent.isSampled();
    return useful ? Context.root().with(Span.wrap(parent)) : Context.root();
  }

  private static Context extract(TextMapPropagator propagator, EventView event) {
    return propagator.extract(Context.root(), event, Headers.INSTANCE);
  }

  private static boolean isValid(Context context) {
    return Span.fromContext(context).getSpanContext().isValid();
  }

  private enum Headers implements TextMapGetter<EventView> {
    INSTANCE;

    @SuppressWarnings("deprecation") // implementing it is still asked for
    @Override
    public Iterable<String> keys(EventView event) {
      return List.of();
    }

    @Override
    public @Nullable String get(@Nullable EventView event, String key) {
      return event == null ? null : event.header(key).orElse(null);
    }
  }
}
