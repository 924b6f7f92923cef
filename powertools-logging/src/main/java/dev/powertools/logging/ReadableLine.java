// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line for the eyes of who develops on a terminal: time (UTC), level, logger, message, keys, and
 * the stack below. Made of the JSON, so that it shows nothing that the JSON does not, and nothing
 * that a terminal would take for a command. What is the same in all lines of a function is left
 * out. Confined to one thread.
 */
final class ReadableLine {

  private static final Set<String> UNSEEN =
      Set.of(
          Keys.TIMESTAMP,
          Keys.LEVEL,
          Keys.SERVICE,
          Keys.MESSAGE,
          Keys.LOGGER,
          Keys.COLD_START,
          Keys.FUNCTION_NAME,
          Keys.FUNCTION_VERSION,
          Keys.FUNCTION_MEMORY,
          Keys.FUNCTION_ARN,
          Keys.REQUEST_ID,
          Keys.XRAY_TRACE_ID,
          Keys.ERROR);
  private static final String UNDER_MESSAGE = "    ";

  private final Map<?, ?> fields;
  private final LayoutOptions options;
  private final StringBuilder text = new StringBuilder(256);

  private ReadableLine(Map<?, ?> fields, LayoutOptions options) {
    this.fields = fields;
    this.options = options;
  }

  static byte[] of(Line line, LayoutOptions options) {
    byte[] json = line.json().toByteArray();
    Object tree = JsonTree.read(json, JsonTree.Duplicates.MARK);
    return tree instanceof Map<?, ?> fields
        ? new ReadableLine(fields, options).write().getBytes(StandardCharsets.UTF_8)
        : json;
  }

  private String write() {
    time();
    level();
    shown(String.valueOf(field(Keys.LOGGER)), UNDER_MESSAGE);
    text.append(" - ");
    shown(String.valueOf(field(Keys.MESSAGE)), UNDER_MESSAGE);
    keys();
    text.append('\n');
    stack();
    return text.toString();
  }

  private @Nullable Object field(String field) {
    String name = options.form().name(field);
    return name == null ? "" : fields.get(name);
  }

  /** {@code 12:00:00.000} of {@code 2026-01-31T12:00:00.000Z}. */
  private void time() {
    String time = String.valueOf(field(Keys.TIMESTAMP));
    int date = time.indexOf('T');
    text.append(date < 0 ? time : time.substring(date + 1, time.length() - 1)).append(' ');
  }

  private void level() {
    String level = String.valueOf(field(Keys.LEVEL));
    String padded = level.length() < 5 ? level + " ".repeat(5 - level.length()) : level;
    String colour =
        switch (level) {
          case "ERROR" -> "31";
          case "WARN" -> "33";
          case "INFO" -> "32";
          default -> "36";
        };
    if (options.isWithColours()) {
      text.append("\u001b[").append(colour).append('m').append(padded).append("\u001b[0m");
    } else {
      text.append(padded);
    }
    text.append(' ');
  }

  private void keys() {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    fields.forEach((name, value) -> keys.put(String.valueOf(name), value));
    keys.keySet().removeAll(unseen());
    keys.forEach(
        (name, value) -> {
          text.append(' ');
          shown(name, "");
          text.append('=');
          shown(value instanceof String string ? string : json(value), UNDER_MESSAGE);
        });
  }

  private Set<String> unseen() {
    Set<String> names = new HashSet<>();
    for (String field : UNSEEN) {
      String name = options.form().name(field);
      if (name != null) {
        names.add(name);
      }
    }
    names.addAll(options.form().isFlat() ? LineForm.ECS_PARTS : Set.of());
    return names;
  }

  private static String json(@Nullable Object value) {
    return new String(new JsonWriter().value(value).toByteArray(), StandardCharsets.UTF_8);
  }

  private void stack() {
    Object stack =
        options.form().isFlat()
            ? fields.get(ErrorMember.ECS_STACK)
            : field(Keys.ERROR) instanceof Map<?, ?> error ? error.get("stack") : null;
    if (stack instanceof String trace) {
      shown(trace, "");
      if (!trace.endsWith("\n")) {
        text.append('\n');
      }
    }
  }

  /** Without what moves the cursor; further lines are moved to the right. */
  private void shown(String value, String indent) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\n') {
        text.append('\n').append(indent);
      } else if (c == '\t' || !Character.isISOControl(c)) {
        text.append(c);
      } else {
        text.append("\\u00").append(Character.forDigit(c >> 4, 16));
        text.append(Character.forDigit(c & 0xF, 16));
      }
    }
  }
}
