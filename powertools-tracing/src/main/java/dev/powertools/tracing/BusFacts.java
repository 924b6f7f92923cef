// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import org.jspecify.annotations.Nullable;

/** Events of EventBridge, its schedules among them. */
final class BusFacts {

  private static final JsonPointer TYPE = JsonPointer.of("/detail-type");
  private static final JsonPointer SOURCE = JsonPointer.of("/source");
  private static final JsonPointer ID = JsonPointer.of("/id");
  private static final JsonPointer TIME = JsonPointer.of("/time");

  private BusFacts() {}

  static @Nullable EventFacts read(EventView event) {
    String type = event.text(TYPE).orElse(null);
    String source = event.text(SOURCE).orElse(null);
    if (type == null || source == null) {
      return null;
    }
    boolean scheduled =
        source.equals("aws.scheduler")
            || (source.equals("aws.events") && type.equals("Scheduled Event"));
    return scheduled ? timer(event) : message(event);
  }

  private static EventFacts timer(EventView event) {
    AttributesBuilder attributes = Attributes.builder().put(SemConv.TRIGGER, "timer");
    event.text(TIME).ifPresent(time -> attributes.put(SemConv.TIME, time));
    return new EventFacts(SpanKind.SERVER, null, attributes.build(), false, 0);
  }

  private static EventFacts message(EventView event) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(SemConv.TRIGGER, "pubsub")
            .put(SemConv.SYSTEM, "aws_eventbridge")
            .put(SemConv.OPERATION, SemConv.PROCESS)
            .put(SemConv.OPERATION_TYPE, SemConv.PROCESS);
    event.text(ID).ifPresent(id -> attributes.put(SemConv.MESSAGE_ID, id));
    return new EventFacts(SpanKind.CONSUMER, null, attributes.build(), false, 0);
  }
}
