// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonLimits;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.core.redact.Redactor;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into attributes: numbers and booleans as they are, anything else as text without
 * secrets and not too long. Secrets are looked for before the text is cut, or half of one might
 * stay. Thread-safe.
 */
final class SpanText {

  private static final int LOOKED_AT = 4;
  private static final int STACK = 16;
  private static final int MOST = 256 * 1024;

  private final Redactor redactor;
  private final int maxChars;

  SpanText(Redactor redactor, int maxChars) {
    this.redactor = redactor;
    this.maxChars = maxChars;
  }

  /** Puts a parameter, or the value in it that is asked for. */
  void put(Span span, SpanPlan.Parameter parameter, @Nullable Object argument, EventView view) {
    JsonPointer pointer = parameter.pointer();
    Object value = pointer.size() > 0 || argument == null ? in(view, pointer, argument) : argument;
    if (value != null) {
      put(span, parameter.name(), value);
    }
  }

  /** The text of a scalar, the JSON of anything else; a marked field is masked here too. */
  private @Nullable Object in(EventView view, JsonPointer pointer, @Nullable Object argument) {
    if (pointer.size() > 0 && isSecret(pointer.name(pointer.size() - 1))) {
      return view.exists(pointer) ? Redactor.MASK : null;
    }
    EventView shown =
        argument != null && redactor.hidesTextOf(argument) ? EventView.of(json(argument)) : view;
    Optional<?> text = shown.text(pointer);
    return text.isPresent() ? text.get() : shown.json(pointer).orElse(null);
  }

  void put(Span span, String name, Object value) {
    if (span.isRecording()) {
      AttributesBuilder one = Attributes.builder();
      put(one, name, value);
      span.setAllAttributes(one.build());
    }
  }

  /** Puts a field of an event. */
  void put(AttributesBuilder attributes, String name, Object value) {
    if (isSecret(name)) {
      attributes.put(name, Redactor.MASK);
    } else if (value instanceof Boolean flag) {
      attributes.put(name, flag.booleanValue());
    } else if (isWhole(value)) {
      attributes.put(name, ((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      attributes.put(name, ((Number) value).doubleValue());
    } else {
      attributes.put(name, cut(text(value)));
    }
  }

  /** Names of attributes have their kind before them: {@code user.password}. */
  private boolean isSecret(String name) {
    return redactor.hidesName(name)
        || redactor.hidesName(name.substring(name.lastIndexOf('.') + 1));
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  /** Puts a value as JSON. */
  void putJson(Span span, String name, Object value) {
    if (span.isRecording()) {
      span.setAttribute(name, cut(value instanceof byte[] bytes ? ofBytes(bytes) : json(value)));
    }
  }

  private String text(Object value) {
    if (value instanceof CharSequence) {
      return clean(value.toString());
    }
    if (value instanceof byte[] bytes) {
      return ofBytes(bytes);
    }
    String json = json(value);
    boolean quoted = json.length() > 1 && json.charAt(0) == '"' && json.indexOf('\\') < 0;
    return quoted ? json.substring(1, json.length() - 1) : json;
  }

  /** Bytes are JSON as a rule: an event's, a response's. */
  private String ofBytes(byte[] bytes) {
    return bytes.length > MOST ? "[" + bytes.length + " bytes]" : redactor.json(bytes);
  }

  private String json(Object value) {
    int most = LOOKED_AT * maxChars;
    JsonWriter writer = new JsonWriter(new JsonLimits(most, most)).redactor(redactor);
    return new String(writer.value(value).toByteArray(), StandardCharsets.UTF_8);
  }

  /** The text without secrets, which are found in the whole: half a JSON object is none. */
  String clean(String text) {
    return text.length() > MOST ? "[" + text.length() + " chars]" : redactor.text(text);
  }

  /** The text, not too long. */
  String cut(String text) {
    if (text.length() <= maxChars) {
      return text;
    }
    String begin = begin(text, maxChars);
    return begin + "…[truncated " + (text.length() - begin.length()) + " chars]";
  }

  private static String begin(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean cutsPair = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, cutsPair ? most - 1 : most);
  }

  /** A stack trace, cut in its middle, since its end names the root cause. */
  String stack(String text) {
    String clean = redactor.text(middleCut(text, 2 * STACK * maxChars));
    return middleCut(clean, STACK * maxChars);
  }

  private static String middleCut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int head = most / 2;
    return begin(text, head)
        + "\n\t…[truncated "
        + (text.length() - most)
        + " chars]\n\t"
        + text.substring(text.length() - head);
  }
}
