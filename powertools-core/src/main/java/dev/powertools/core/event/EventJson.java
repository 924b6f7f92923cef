// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.event;

import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import java.lang.reflect.Array;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a value of an event as JSON, whole and without loss, or not at all. */
final class EventJson {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_LENGTH = 8 * 1024 * 1024;

  private final JsonWriter out;
  private int depth;

  EventJson(JsonWriter out) {
    this.out = out;
  }

  void write(@Nullable Object value) {
    if (value == JsonTree.AMBIGUOUS) {
      throw new EventViewException("its JSON has a key more than once; send it once");
    }
    if (out.size() > MAX_LENGTH) {
      throw new EventViewException("more than " + MAX_LENGTH + " bytes of JSON");
    }
    if (value instanceof Optional<?> optional) {
      write(optional.orElse(null));
    } else if (value == null || value instanceof Boolean || value instanceof Number) {
      out.value(value);
    } else {
      String text = EventValues.text(value);
      if (text == null) {
        container(value);
      } else {
        out.value(wellFormed(text));
      }
    }
  }

  private void container(Object value) {
    if (++depth > MAX_DEPTH) {
      throw new EventViewException("more than " + MAX_DEPTH + " levels, or a cycle");
    }
    if (value instanceof Map<?, ?> map) {
      map(map);
    } else if (value instanceof Iterable<?> elements) {
      out.beginArray();
      elements.forEach(this::write);
      out.endArray();
    } else if (value.getClass().isArray()) {
      array(value);
    } else {
      bean(value);
    }
    depth--;
  }

  private void map(Map<?, ?> map) {
    Set<String> names = new HashSet<>();
    out.beginObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = wellFormed(String.valueOf(entry.getKey()));
      if (!names.add(name)) {
        throw new EventViewException("two keys of a map are written as \"" + name + "\"");
      }
      out.name(name);
      write(entry.getValue());
    }
    out.endObject();
  }

  private void array(Object array) {
    out.beginArray();
    for (int i = 0; i < Array.getLength(array); i++) {
      write(Array.get(array, i));
    }
    out.endArray();
  }

  private void bean(Object bean) {
    BeanShape shape = BeanShape.of(bean.getClass());
    out.beginObject();
    for (String name : shape.names()) {
      Object value = shape.read(bean, name);
      if (value != null || bean instanceof Record) {
        out.name(name);
        write(value);
      }
    }
    out.endObject();
  }

  /** Different texts must not become the same. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(++i))) {
          throw new EventViewException("a text with a lone surrogate has no UTF-8");
        }
      }
    }
    return text;
  }
}
