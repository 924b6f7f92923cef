// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON log line for people: time, level, request, message, the keys that tell something, the
 * stack trace below. A line that isn't such JSON stays as it is.
 */
final class LogLine {
  /** What every line has and nobody reads here. */
  private static final Set<String> DULL =
      Set.of(
          "timestamp",
          "level",
          "message",
          "service",
          "logger",
          "thread",
          "thread_id",
          "thread_priority",
          "cold_start",
          "function_name",
          "function_version",
          "function_memory_size",
          "function_arn",
          "function_request_id",
          "xray_trace_id",
          "error");

  private final Map<?, ?> fields;
  private final Style style;

  private LogLine(Map<?, ?> fields, Style style) {
    this.fields = fields;
    this.style = style;
  }

  static String render(String line, Style style) {
    if (line.startsWith("{") && line.endsWith("}")) {
      try {
        if (JsonTree.read(line, JsonTree.Duplicates.MARK) instanceof Map<?, ?> fields
            && fields.containsKey("level")
            && fields.containsKey("message")) {
          return new LogLine(fields, style).render();
        }
      } catch (InvalidJsonException e) {
        return line;
      }
    }
    return line;
  }

  private String render() {
    StringBuilder text = new StringBuilder();
    text.append(style.dim(time(text("timestamp")))).append(' ');
    text.append(level(text("level"))).append(' ');
    String request = text("function_request_id");
    if (!request.isEmpty()) {
      text.append(style.dim(request.substring(0, Math.min(8, request.length())))).append(' ');
    }
    text.append(indented(text("message"), "    "));
    fields.forEach(
        (name, value) -> {
          if (!DULL.contains(String.valueOf(name))) {
            text.append(' ').append(style.cyan(name + "=")).append(value(value));
          }
        });
    error(text);
    return text.toString();
  }

  private void error(StringBuilder text) {
    if (fields.get("error") instanceof Map<?, ?> error) {
      Object stack = error.get("stack");
      String shown = stack == null ? error.get("name") + ": " + error.get("message") : stack + "";
      for (String line : shown.stripTrailing().replace("\t", "    ").split("\n", -1)) {
        text.append("\n    ")
            .append(line.startsWith("    at ") ? style.dim(line) : style.red(line));
      }
    }
  }

  private String level(String level) {
    String padded = String.format(Locale.ROOT, "%-5s", level);
    return switch (level) {
      case "ERROR", "FATAL" -> style.red(padded);
      case "WARN" -> style.yellow(padded);
      case "INFO" -> style.green(padded);
      default -> style.dim(padded);
    };
  }

  /** The time of day out of an ISO-8601 timestamp. */
  private static String time(String timestamp) {
    int t = timestamp.indexOf('T');
    return t < 0 ? timestamp : timestamp.substring(t + 1).replaceFirst("(Z|[+-][0-9:]+)$", "");
  }

  private String text(String name) {
    Object value = fields.get(name);
    return value == null ? "" : value.toString();
  }

  private static String value(@Nullable Object value) {
    return value instanceof Map || value instanceof List
        ? new String(
            new JsonWriter().value(value).toByteArray(), java.nio.charset.StandardCharsets.UTF_8)
        : String.valueOf(value);
  }

  private static String indented(String text, String by) {
    return text.replace("\n", "\n" + by);
  }
}
