// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Map keys of one type as text: text, enum constants, UUIDs and whole numbers. Each key has one
 * text only ({@code 1}, not {@code 01}), so that different texts are different keys.
 */
final class MapKeys {
  private final Class<?> type;
  private final Map<String, Object> constants = new HashMap<>();

  private MapKeys(Class<?> type) {
    this.type = type;
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        constants.put(((Enum<?>) constant).name(), constant);
      }
    }
  }

  static @Nullable MapKeys of(Class<?> type) {
    boolean known =
        type == String.class
            || type.isEnum()
            || type == UUID.class
            || type == Integer.class
            || type == Long.class
            || type == Short.class
            || type == Byte.class
            || type == BigInteger.class;
    return known ? new MapKeys(type) : null;
  }

  Class<?> type() {
    return type;
  }

  /** The key that a text stands for, null if none. */
  @Nullable Object read(String text) {
    if (type == String.class) {
      return text;
    }
    if (type.isEnum()) {
      return constants.get(text);
    }
    try {
      Object key = parsed(text);
      return text.equals(String.valueOf(key)) ? key : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private @Nullable Object parsed(String text) {
    if (type == UUID.class) {
      return TextPlan.uuid(text);
    } else if (type == Integer.class) {
      return Integer.valueOf(text);
    } else if (type == Long.class) {
      return Long.valueOf(text);
    } else if (type == Short.class) {
      return Short.valueOf(text);
    }
    return type == Byte.class ? Byte.valueOf(text) : new BigInteger(text);
  }

  String write(@Nullable Object key) {
    if (key == null) {
      throw new UnencodablePayloadException("a map with a null key has no JSON", null);
    }
    return key instanceof Enum<?> constant ? constant.name() : type.cast(key).toString();
  }
}
