// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plain Java values as the typed values of DynamoDB.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>
 */
final class DynamoDbValue {

  private static final int MOST_DIGITS = 38;
  private static final int MOST_LEVELS = 32;

  private DynamoDbValue() {}

  /** An item's attributes, typed and ready to be written. */
  static Map<String, Object> item(Map<String, ? extends @Nullable Object> attributes) {
    Map<String, Object> typed = new LinkedHashMap<>();
    attributes.forEach((name, value) -> typed.put(name, typed(name, value, 0)));
    return typed;
  }

  private static Map<String, Object> typed(String name, @Nullable Object value, int depth) {
    if (value == null) {
      return Map.of("NULL", true);
    }
    if (value instanceof CharSequence text) {
      return Map.of("S", text.toString());
    }
    if (value instanceof Number number) {
      return Map.of("N", number(name, number));
    }
    if (value instanceof Boolean flag) {
      return Map.of("BOOL", flag);
    }
    if (value instanceof byte[] bytes) {
      return Map.of("B", base64(bytes));
    }
    return container(name, value, depth + 1);
  }

  private static Map<String, Object> container(String name, Object value, int depth) {
    if (depth > MOST_LEVELS) {
      throw refused(name, "…", "DynamoDB nests at most 32 levels");
    }
    if (value instanceof Set<?> set) {
      return set(name, set);
    }
    if (value instanceof List<?> list) {
      return Map.of("L", list.stream().map(element -> typed(name, element, depth)).toList());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      map.forEach((key, member) -> members.put(String.valueOf(key), typed(name, member, depth)));
      return Map.of("M", members);
    }
    throw refused(
        name,
        value,
        "DynamoDB takes text, numbers, booleans, null, byte[], lists, maps and sets; "
            + value.getClass().getName()
            + " is none of them");
  }

  private static Map<String, Object> set(String name, Set<?> set) {
    if (set.isEmpty()) {
      throw refused(name, set, "DynamoDB has no empty sets; leave the attribute out");
    }
    if (all(set, CharSequence.class)) {
      return Map.of("SS", set.stream().map(String::valueOf).toList());
    }
    if (all(set, Number.class)) {
      return Map.of("NS", set.stream().map(each -> number(name, (Number) each)).toList());
    }
    if (all(set, byte[].class)) {
      return Map.of("BS", set.stream().map(each -> base64((byte[]) each)).toList());
    }
    throw refused(name, set, "a set of DynamoDB holds only texts, only numbers, or only byte[]");
  }

  private static boolean all(Collection<?> elements, Class<?> type) {
    return elements.stream().allMatch(type::isInstance);
  }

  private static String number(String name, Number number) {
    try {
      BigDecimal value = new BigDecimal(number.toString());
      if (value.stripTrailingZeros().precision() <= MOST_DIGITS) {
        return value.toPlainString();
      }
    } catch (NumberFormatException e) {
      throw refused(name, number, "DynamoDB has finite numbers only");
    }
    throw refused(name, number, "DynamoDB's numbers have at most 38 digits");
  }

  private static IllegalArgumentException refused(String name, Object value, String allowed) {
    return Refused.value("attribute " + name, value, allowed);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** How many bytes the typed values of an item count for. */
  static long size(Map<String, Object> item) {
    return item.entrySet().stream().mapToLong(e -> utf8(e.getKey()) + sizeOf(e.getValue())).sum();
  }

  private static long sizeOf(Object typed) {
    Map.Entry<?, ?> only = ((Map<?, ?>) typed).entrySet().iterator().next();
    Object value = only.getValue();
    return switch ((String) only.getKey()) {
      case "S" -> utf8((String) value);
      case "N" -> digits((String) value);
      case "B" -> bytes((String) value);
      case "SS" -> ((List<?>) value).stream().mapToLong(each -> utf8((String) each)).sum();
      case "NS" -> ((List<?>) value).stream().mapToLong(each -> digits((String) each)).sum();
      case "BS" -> ((List<?>) value).stream().mapToLong(each -> bytes((String) each)).sum();
      case "L" -> 3 + ((List<?>) value).stream().mapToLong(each -> 1 + sizeOf(each)).sum();
      case "M" -> mapSize((Map<?, ?>) value);
      default -> 1;
    };
  }

  private static long mapSize(Map<?, ?> members) {
    return 3
        + members.entrySet().stream()
            .mapToLong(e -> 1 + utf8((String) e.getKey()) + sizeOf(e.getValue()))
            .sum();
  }

  private static long digits(String number) {
    return (new BigDecimal(number).stripTrailingZeros().precision() + 1) / 2 + 1L;
  }

  private static long bytes(String base64) {
    return Base64.getDecoder().decode(base64).length;
  }

  private static long utf8(String text) {
    return Payload.bytes(text).length;
  }

  /** Writes a typed item under its name, if there is one. */
  static void write(JsonWriter json, String name, @Nullable Map<String, Object> item) {
    if (item != null) {
      write(json.name(name), item);
    }
  }

  private static void write(JsonWriter json, Object typed) {
    if (typed instanceof Map<?, ?> map) {
      json.beginObject();
      map.forEach((name, member) -> write(json.name((String) name), member));
      json.endObject();
    } else if (typed instanceof List<?> list) {
      json.beginArray();
      list.forEach(element -> write(json, element));
      json.endArray();
    } else {
      json.value(typed);
    }
  }
}
