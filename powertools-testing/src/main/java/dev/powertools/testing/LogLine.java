// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.json.JsonPointer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line that a function logged, parsed.
 *
 * @param text the line as it was written, without the line break
 * @param fields its keys and values: text, numbers, booleans, lists and maps
 */
public record LogLine(String text, Map<String, Object> fields) {

  static LogLine parse(String text) {
    return new LogLine(text, StrictJson.parse(text));
  }

  /** A field as text; empty if the line has none of that name. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(Object::toString);
  }

  /**
   * The value of a field, or of a nested one: {@code order_id}, or {@code /error/message} by a JSON
   * Pointer (RFC 6901).
   */
  public Optional<Object> at(String field) {
    JsonPointer pointer = pointer(field);
    Object value = fields;
    for (int step = 0; step < pointer.size() && value != null; step++) {
      value = step(value, pointer.name(step), pointer.index(step));
    }
    return Optional.ofNullable(value);
  }

  private static @Nullable Object step(Object value, String name, int index) {
    if (value instanceof Map<?, ?> map) {
      return map.get(name);
    }
    boolean isElement = value instanceof List<?> list && index >= 0 && index < list.size();
    return isElement ? ((List<?>) value).get(index) : null;
  }

  /** A field by its name, or what is a pointer already. */
  static JsonPointer pointer(String field) {
    return field.startsWith("/") ? JsonPointer.of(field) : JsonPointer.root().child(field);
  }

  /** The message. */
  public String message() {
    return field("message").orElse("");
  }

  /** The level, such as {@code INFO}. */
  public String level() {
    return field("level").orElse("");
  }

  /** The request id of the invocation that wrote it; empty outside one. */
  public String requestId() {
    return field("function_request_id").orElse("");
  }

  @Override
  public String toString() {
    return text;
  }
}
