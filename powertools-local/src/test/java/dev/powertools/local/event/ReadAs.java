// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event as production reads it. */
final class ReadAs {

  private ReadAs() {}

  /** The event read by the platform's own serialiser. */
  static <T> T pojo(Event event, Class<T> type) {
    return Objects.requireNonNull(
        LambdaEventSerializers.serializerFor(type, ReadAs.class.getClassLoader())
            .fromJson(new ByteArrayInputStream(event.toBytes())));
  }

  /** A value of the event's bytes. */
  static String at(Event event, String pointer) {
    return EventView.of(event.toBytes()).text(JsonPointer.of(pointer)).orElse("(nothing)");
  }

  /**
   * Each value of the bytes is found at the same place of the object, whatever the library knows.
   *
   * @param unknown what it has no place for
   */
  static void samePlaces(Event event, Class<?> type, Set<String> unknown) {
    EventView bytes = EventView.of(event.toBytes());
    EventView object = EventView.of(pojo(event, type));
    leaves(JsonPointer.root(), JsonTree.read(event.toBytes(), Duplicates.REFUSE))
        .forEach(
            (pointer, value) -> {
              if (value != null && unknown.stream().noneMatch(pointer.toString()::matches)) {
                assertThat(object.exists(pointer)).as(pointer + " of the object").isTrue();
                if (!isTime(pointer)) {
                  assertThat(object.text(pointer))
                      .as(pointer + " of the object")
                      .isEqualTo(bytes.text(pointer));
                }
              }
            });
  }

  /** Times have the notation of the form. */
  private static boolean isTime(JsonPointer pointer) {
    String name = pointer.name(pointer.size() - 1);
    return Set.of(
            "time",
            "Timestamp",
            "eventTime",
            "approximateArrivalTimestamp",
            "ApproximateCreationDateTime")
        .contains(name);
  }

  private static Map<JsonPointer, @Nullable Object> leaves(JsonPointer at, @Nullable Object value) {
    Map<JsonPointer, @Nullable Object> leaves = new java.util.LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> leaves.putAll(leaves(at.child((String) name), member)));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        leaves.putAll(leaves(at.child(i), list.get(i)));
      }
    } else {
      leaves.put(at, value);
    }
    return leaves;
  }
}
