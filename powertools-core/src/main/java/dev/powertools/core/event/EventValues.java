// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.event;

import dev.powertools.core.json.CanonicalJson;
import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps from a value of any form to its members, and turns scalars into text. */
final class EventValues {
  private EventValues() {}

  /** Text or bytes, which a further step must take for JSON. */
  static boolean isText(Object value) {
    return value instanceof CharSequence || value instanceof ByteBuffer || value instanceof byte[];
  }

  /** Whether the value is written by its getters. */
  static boolean isBean(Object value) {
    if (value instanceof Record) {
      return true;
    }
    String type = value.getClass().getName();
    return !(value instanceof Enum)
        && !value.getClass().isArray()
        && !type.startsWith("java.")
        && !type.startsWith("org.joda.time.");
  }

  static @Nullable Object step(@Nullable Object value, String name, int index) {
    if (value instanceof List<?> list) {
      return index >= 0 && index < list.size() ? opened(list.get(index)) : null;
    }
    if (value instanceof Object[] array) {
      return index >= 0 && index < array.length ? opened(array[index]) : null;
    }
    return member(value, name);
  }

  /** As {@link #step}, but the names of maps must match in case. */
  static @Nullable Object exactStep(Object value, String name, int index) {
    if (value instanceof Map<?, ?> map) {
      return hasKey(map, name) ? opened(map.get(name)) : null;
    }
    return step(value, name, index);
  }

  static @Nullable Object member(@Nullable Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return opened(entry(map, name));
    }
    if (value == null || isText(value) || value instanceof List || !isBean(value)) {
      return null;
    }
    return opened(BeanShape.of(value.getClass()).read(value, name));
  }

  private static @Nullable Object entry(Map<?, ?> map, String name) {
    if (hasKey(map, name)) {
      return map.get(name);
    }
    Object found = null;
    String foundName = null;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      if (key.equalsIgnoreCase(name)) {
        if (foundName != null) {
          throw ambiguous(name, foundName, key);
        }
        foundName = key;
        found = entry.getValue();
      }
    }
    return found;
  }

  private static boolean hasKey(Map<?, ?> map, String name) {
    try {
      return map.containsKey(name);
    } catch (ClassCastException e) {
      return false; // a sorted map of other keys
    }
  }

  private static @Nullable Object opened(@Nullable Object value) {
    if (value == JsonTree.AMBIGUOUS) {
      throw new EventViewException("its JSON has the key more than once; send it once");
    }
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  static EventViewException ambiguous(String name, String one, String other) {
    return new EventViewException(
        "\""
            + name
            + "\" may mean \""
            + one
            + "\" or \""
            + other
            + "\"; write one of them exactly");
  }

  /** The text of a scalar, null for null and for what has an inside. */
  static @Nullable String text(@Nullable Object value) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Date date) {
      return iso(date);
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof ByteBuffer buffer) {
      return Base64.getEncoder().encodeToString(bytes(buffer));
    }
    return isContainer(value) ? null : value.toString();
  }

  private static boolean isContainer(Object value) {
    return value instanceof Map
        || value instanceof Iterable
        || value.getClass().isArray()
        || isBean(value);
  }

  private static String number(Number number) {
    if (number instanceof Long || number instanceof Integer) {
      return number.toString();
    }
    try {
      return CanonicalJson.number(new BigDecimal(number.toString()));
    } catch (NumberFormatException e) {
      return number.toString(); // NaN and the infinities
    } catch (InvalidJsonException e) {
      throw new EventViewException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What remains in a buffer, which is left as it was. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @SuppressWarnings("JavaUtilDate") // the event library's choice
  private static String iso(Date date) {
    return Instant.ofEpochMilli(date.getTime()).toString();
  }
}
