// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.Map;
import java.util.Optional;

/**
 * One line that a function logged, parsed.
 *
 * @param text the line as it was written, without the line break
 * @param fields its keys and values: text, numbers, booleans, lists and maps
 */
public record LogLine(String text, Map<String, Object> fields) {

  /** A field as text; empty if the line has none of that name. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(Object::toString);
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
