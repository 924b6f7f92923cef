// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.json.JsonPointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts names in the place of what differs from run to run, the same name for the same thing.
 * Confined to one thread.
 */
final class Placeholders {

  private static final Pattern RANDOM_UUID =
      Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\b");
  private static final Pattern TRACE = Pattern.compile("\\b1-[0-9a-f]{8}-[0-9a-f]{24}\\b");
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?[.,\\d]*(Z|[+-]\\d\\d:?\\d\\d)?");
  private static final Pattern FOREIGN_FRAMES =
      Pattern.compile(
          "(?m)(?:^([ \\t]*)at (?:java|javax|jdk|sun|com\\.sun|com\\.amazonaws\\.services\\.lambda"
              + "|dev\\.powertools\\.(?:core|local|testing|logging|tracing|idempotency|batch"
              + "|tenancy)|org\\.junit)\\..*\\R?)+");
  private static final Pattern LINE_NUMBER = Pattern.compile("(\\([\\w$.]+\\.\\w+):\\d+\\)");
  private static final Pattern OMITTED = Pattern.compile("\\.\\.\\. \\d+ (common )?frames");

  /** A request id that a test chose may be as short as a word, and stand for itself alone. */
  private static final int SHORTEST_INSIDE = 8;

  private static final Set<JsonPointer> TIMES =
      Set.of(JsonPointer.of("/timestamp"), JsonPointer.of("/@timestamp"));
  private static final JsonPointer ERROR_HASH = JsonPointer.of("/error/hash");

  private final Set<JsonPointer> varying;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  Placeholders(List<String> varying) {
    this.varying = varying.stream().map(LogLine::pointer).collect(Collectors.toSet());
  }

  List<Map<String, Object>> inPlaceOf(List<LogLine> lines) {
    for (LogLine line : lines) {
      if (!line.requestId().isEmpty()) {
        name("request", line.requestId());
      }
    }
    List<Map<String, Object>> replaced = new ArrayList<>();
    lines.forEach(line -> replaced.add(object(line.fields(), JsonPointer.root())));
    return replaced;
  }

  private String name(String kind, String value) {
    return names.computeIfAbsent(
        value, v -> "<" + kind + "-" + numbers.merge(kind, 1, Integer::sum) + ">");
  }

  private Map<String, Object> object(Map<?, ?> fields, JsonPointer path) {
    Map<String, Object> replaced = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          Object stable = value(value, path.child(name.toString()));
          if (stable != null) {
            replaced.put(name.toString(), stable);
          }
        });
    return replaced;
  }

  private @Nullable Object value(@Nullable Object value, JsonPointer path) {
    if (varying.contains(path)) {
      return "<any>";
    }
    if (TIMES.contains(path)) {
      return "<time>";
    }
    if (path.equals(ERROR_HASH)) {
      return "<hash>"; // of frames that are replaced themselves
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, path);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> replaced = new ArrayList<>();
      list.forEach(each -> replaced.add(value(each, path.child(replaced.size()))));
      return replaced;
    }
    return value instanceof String text ? text(text) : value;
  }

  private String text(String text) {
    if (TIME.matcher(text).matches()) {
      return "<time>";
    }
    String stable = text;
    for (Map.Entry<String, String> known : names.entrySet()) {
      String id = known.getKey();
      boolean inside = id.length() >= SHORTEST_INSIDE || id.equals(stable);
      stable = inside ? stable.replace(id, known.getValue()) : stable;
    }
    stable = RANDOM_UUID.matcher(stable).replaceAll(found -> named("uuid", found));
    stable = TRACE.matcher(stable).replaceAll(found -> named("trace", found));
    return stable.contains("\tat ") ? stack(stable) : stable;
  }

  private String named(String kind, MatchResult found) {
    return name(kind, found.group());
  }

  private static String stack(String stack) {
    String own = FOREIGN_FRAMES.matcher(stack).replaceAll("$1<frames>\n");
    own = LINE_NUMBER.matcher(own).replaceAll("$1)");
    return OMITTED.matcher(own).replaceAll("... <frames>");
  }
}
