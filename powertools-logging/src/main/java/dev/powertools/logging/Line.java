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
  private LineForm form = LayoutOptions.defaults().form();
  private Redactor redactor = Redactor.none();
  private @Nullable KnownFrames frames;
  private byte @Nullable [] readable;
  private boolean plain;

  /**
   * Begins.
   *
   * @param plainOnly objects other than the JDK's plain values are not asked for their text
   */
  void begin(boolean plainOnly) {
    json.clear();
    names.clear();
    renamed = null;
    readable = null;
    plain = plainOnly;
  }

  /**
   * Names the fields, from now on.
   *
   * @param newRedactor masks what users' keys, values and errors must not show
   */
  void use(LineForm newForm, Redactor newRedactor) {
    if (form != newForm || redactor != newRedactor) {
      form = newForm;
      redactor = newRedactor;
      json.redactor(newRedactor);
      names.use(newForm, newRedactor);
    }
  }

  LineForm form() {
    return form;
  }

  Redactor redactor() {
    return redactor;
  }

  /** The frames of earlier errors. */
  KnownFrames frames() {
    KnownFrames present = frames;
    if (present == null) {
      present = new KnownFrames();
      frames = present;
    }
    return present;
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

  /** The names that users' keys could not have in this line, each with the one it has instead. */
  List<String> renamed() {
    return renamed == null ? List.of() : renamed;
  }

  /** Shows this instead of the JSON. */
  void readable(byte[] text) {
    readable = text;
  }

  /** The line, {@link #size()} bytes of it, until the next one is begun. */
  byte[] bytes() {
    byte[] text = readable;
    return text == null ? json.buffer() : text;
  }

  int size() {
    byte[] text = readable;
    return text == null ? json.size() : text.length;
  }

  /** Writes a value that stands in line after line. */
  void known(@Nullable String text) {
    KnownText known = names.known(text);
    if (text != null && known.isWhole()) {
      json.written(known.json());
    } else {
      json.value(text);
    }
  }

  /** Writes a fact, if it is one for logs. */
  @Override
  public void accept(AttributeKey<?> key, Object value) {
    String name = key.isLoggable() ? form.name(key.name()) : null;
    if (name != null) {
      json.name(names.fact(name));
      value(names.known(key.name()), value);
    }
  }

  /** Writes a key of this line alone: none is lost, a second one of a name gets a suffix. */
  void own(@Nullable String name, @Nullable Object value) {
    KnownText known = names.known(name);
    json.name(names.distinct(names.isTaken(known) ? renamed(known) : known.clean()));
    value(known, value);
  }

  /** Writes a key of what surrounds the line, unless something nearer has a key of that name. */
  void surrounding(@Nullable String name, @Nullable Object value) {
    KnownText known = names.known(name);
    if (names.isTaken(known)) {
      String free = renamed(known);
      if (names.add(free)) {
        json.name(free);
        value(known, value);
      }
    } else if (names.add(known.clean())) {
      json.name(known.json());
      value(known, value);
    }
  }

  private String renamed(KnownText name) {
    if (renamed == null) {
      renamed = new ArrayList<>(2);
    }
    String free = names.renamed(name.clean());
    renamed.add(name.clean());
    renamed.add(free);
    return free;
  }

  private void value(KnownText name, @Nullable Object value) {
    if (value instanceof String text && redactor.pointers().isEmpty()) {
      json.value(name.isHidden() ? Redactor.MASK : redactor.text(text));
    } else if (value instanceof PayloadJson payload) {
      json.rawJson(payload.json());
    } else {
      Object shown = value == null || !plain || isPlain(value) ? value : notShown(value);
      json.valueOf(name.given(), shown);
    }
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
