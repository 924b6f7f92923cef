// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.redact.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The buffers in which one line is made, to be used again. Confined to one thread at a time. */
final class Line implements BiConsumer<AttributeKey<?>, Object> {

  private static final int RETAINED_CHARS = 16 * 1024;
  private static final int INITIAL_CHARS = 256;

  private final JsonWriter json = new JsonWriter(JsonLimits.forLogs());
  private final LineTime time = new LineTime();
  private final LineNames names = new LineNames();
  private StringBuilder text = new StringBuilder(INITIAL_CHARS);
  private @Nullable List<String> renamed;
  private Redactor redactor = Redactor.none();
  private boolean plain;

  /**
   * Begins.
   *
   * @param plainOnly objects other than the JDK's plain values are not asked for their text
   */
  void begin(boolean plainOnly) {
    json.clear();
    redactor(Redactor.none());
    names.clear();
    renamed = null;
    plain = plainOnly;
  }

  /** Masks, from now on, what users' keys, values and errors must not show. */
  void redactor(Redactor value) {
    redactor = value;
    json.redactor(value);
  }

  Redactor redactor() {
    return redactor;
  }

  JsonWriter json() {
    return json;
  }

  LineTime time() {
    return time;
  }

  boolean plainOnly() {
    return plain;
  }

  /** An empty builder. */
  StringBuilder text() {
    if (text.capacity() > RETAINED_CHARS) {
      text = new StringBuilder(INITIAL_CHARS);
    }
    text.setLength(0);
    return text;
  }

  /** The names that users' keys could not have in this line. */
  List<String> renamed() {
    return renamed == null ? List.of() : renamed;
  }

  /** Writes a fact, if it is one for logs. */
  @Override
  public void accept(AttributeKey<?> key, Object value) {
    if (key.isLoggable()) {
      json.name(names.fact(key.name()));
      value(key.name(), value);
    }
  }

  /** Writes a key of this line alone: none is lost, a second one of a name gets a suffix. */
  void own(@Nullable String name, @Nullable Object value) {
    json.name(names.distinct(user(name)));
    value(name, value);
  }

  /** Writes a key of what surrounds the line, unless something nearer has a key of that name. */
  void surrounding(@Nullable String name, @Nullable Object value) {
    String free = user(name);
    if (names.add(free)) {
      json.name(free);
      value(name, value);
    }
  }

  private String user(@Nullable String name) {
    String clean = LineNames.clean(name);
    if (!names.isTaken(clean)) {
      return clean;
    }
    if (renamed == null) {
      renamed = new ArrayList<>(1);
    }
    renamed.add(clean);
    return LineNames.renamed(clean);
  }

  private void value(@Nullable String name, @Nullable Object value) {
    if (!(value instanceof String) && value instanceof PayloadJson payload) {
      json.rawJson(payload.json());
      return;
    }
    Object shown = value == null || !plain || isPlain(value) ? value : notShown(value);
    json.valueOf(name == null ? "" : name, shown);
  }

  static boolean isPlain(Object value) {
    return (value instanceof CharSequence && isOfJdk(value))
        || (value instanceof Number && isOfJdk(value))
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum<?>;
  }

  private static boolean isOfJdk(Object value) {
    return value.getClass().getClassLoader() == null;
  }

  static String notShown(Object value) {
    return "!" + value.getClass().getName() + " logs while it is logged";
  }
}
