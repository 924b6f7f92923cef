// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of an event, to be changed. Confined to one thread. */
final class EventTree {

  private final @Nullable Object root;

  private EventTree(@Nullable Object root) {
    this.root = root;
  }

  static EventTree of(byte[] json) {
    return new EventTree(JsonTree.read(json, JsonTree.Duplicates.REFUSE));
  }

  byte[] toBytes() {
    return new JsonWriter().value(root).toByteArray();
  }

  /** The object at a path, made where it is missing. */
  Map<String, @Nullable Object> object(String... path) {
    Map<String, @Nullable Object> here = members(root);
    for (String name : path) {
      if (!(here.get(name) instanceof Map)) {
        here.put(name, new LinkedHashMap<String, Object>());
      }
      here = members(here.get(name));
    }
    return here;
  }

  /** Whether there is an object, or another value, at a path. */
  boolean has(String... path) {
    Object here = root;
    for (String name : path) {
      here = here instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return here != null;
  }

  /** The event's records, each an object; the event itself if it has none. */
  List<EventTree> records() {
    return root instanceof Map<?, ?> map && map.get("Records") instanceof List<?> records
        ? records.stream().map(record -> new EventTree(record)).toList()
        : List.of(this);
  }

  @SuppressWarnings("unchecked") // as JsonTree made it
  private static Map<String, @Nullable Object> members(@Nullable Object value) {
    if (value instanceof Map) {
      return (Map<String, @Nullable Object>) value;
    }
    throw new IllegalArgumentException("The event is no JSON object, so no tenant fits into it");
  }
}
