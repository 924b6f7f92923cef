// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.TenantDeniedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of events what somebody's tenant depends on: one text under one name, or nothing. */
final class Exact {

  private static final JsonPointer RECORDS = JsonPointer.of("/Records");

  private Exact() {}

  /** The text at a pointer, names of maps exact; anything but a text is refused. */
  static Optional<String> text(EventView event, JsonPointer pointer) {
    Object value = event.exactly(pointer).orElse(null);
    return value == null ? Optional.empty() : Optional.of(text(value));
  }

  /** The text under a name of a map; names that differ in case only are refused. */
  static Optional<String> text(Map<?, ?> map, String name) {
    Object found = null;
    int alike = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      if (key.equalsIgnoreCase(name)) {
        alike++;
        found = key.equals(name) ? entry.getValue() : found;
      }
    }
    if (alike > 1) {
      throw ambiguous("The name of the tenant's value is there twice, in different case.");
    }
    return found == null ? Optional.empty() : Optional.of(text(found));
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw ambiguous(
        "The tenant's value is no text but "
            + (value instanceof List ? "a list" : "of another kind")
            + ".");
  }

  static TenantDeniedException ambiguous(String message) {
    return new TenantDeniedException("ambiguous", message, null);
  }

  static @Nullable Map<?, ?> map(EventView event, JsonPointer pointer) {
    return event.exactly(pointer).orElse(null) instanceof Map<?, ?> map ? map : null;
  }

  /** The records that the event of an invocation has; none if it is none of records. */
  static List<?> records(FunctionInvocation work) {
    return work.event().exactly(RECORDS).orElse(null) instanceof List<?> list ? list : List.of();
  }

  /**
   * Refuses to read an event out of a message: whoever may send to the queue may have written it.
   */
  static void requireNoRecord(FunctionInvocation work) {
    if (work.workContext().isPresent()) {
      throw new TenantDeniedException(
          "source",
          "This source is for events that the function is invoked with. What is in a record,"
              + " anybody may have written who may send it: use a signed envelope.",
          null);
    }
  }
}
