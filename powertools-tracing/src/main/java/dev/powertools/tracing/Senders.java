// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.WorkContext;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The context in which a message was sent: the attribute {@code traceparent} that the sender set,
 * by W3C's rules, else the system attribute {@code AWSTraceHeader}, by X-Ray's. What is malformed
 * is as good as none.
 */
final class Senders {

  private static final String AWS_TRACE_HEADER = "AWSTraceHeader";

  /** Where the value of a message attribute stands: of SQS, and of SNS. */
  private static final List<String> PLACES =
      List.of("/messageAttributes/%s/stringValue", "/Sns/MessageAttributes/%s/Value");

  private Senders() {}

  /** That of a record. */
  static SpanContext of(WorkContext work) {
    return of(name -> work.header(name).orElse(null));
  }

  /** That of the message at an index of an event. */
  static SpanContext of(EventView event, int index) {
    return of(name -> find(event, "/Records/" + index, name));
  }

  private static @Nullable String find(EventView event, String record, String name) {
    if (name.equals(AWS_TRACE_HEADER)) {
      return event.text(JsonPointer.of(record + "/attributes/" + name)).orElse(null);
    }
    for (String place : PLACES) {
      String at = record + place.replace("%s", name);
      String value = event.text(JsonPointer.of(at)).orElse(null);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static SpanContext of(UnaryOperator<@Nullable String> header) {
    Context extracted =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), header, Getter.INSTANCE);
    SpanContext sender = Span.fromContext(extracted).getSpanContext();
    return sender.isValid() ? sender : XrayHeader.parse(header.apply(AWS_TRACE_HEADER));
  }

  private enum Getter implements TextMapGetter<UnaryOperator<@Nullable String>> {
    INSTANCE;

    @SuppressWarnings("deprecation") // implementing it is still asked for
    @Override
    public Iterable<String> keys(UnaryOperator<@Nullable String> header) {
      return List.of();
    }

    @Override
    public @Nullable String get(@Nullable UnaryOperator<@Nullable String> header, String key) {
      return header == null ? null : header.apply(key);
    }
  }
}
