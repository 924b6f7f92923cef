// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static dev.powertools.core.json.JsonTree.Duplicates.REFUSE;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one form of a JSON value, so that equal values have equal bytes and equal hashes.
 *
 * <p>As RFC 8785: no white space, keys sorted by UTF-16 code units, only the escapes that JSON
 * demands, UTF-8. Other than there, numbers are never rounded to a double: they are written in
 * plain decimal notation without trailing zeros, so that {@code 1}, {@code 1.0} and {@code 1e0} are
 * the same, {@code -0} is {@code 0}, and 19-digit identifiers stay apart.
 *
 * <p>Refused by {@link InvalidJsonException}: what is not exactly one JSON value, duplicate keys,
 * lone surrogates, more than 64 levels or 8 MB, and numbers with more than 1000 digits before or
 * behind the point. Stateless and thread-safe.
 */
public final class CanonicalJson {
  private static final int MAX_DIGITS = 1000;
  private static final int MAX_PLAIN = 256;

  private CanonicalJson() {}

  /** The canonical bytes of a document. */
  public static byte[] of(byte[] json) {
    return isPlainText(json) || isPlainNumber(json)
        ? json.clone()
        : bytes(JsonTree.read(json, REFUSE));
  }

  /** Most keys are a short identifier, and that is its own canonical form. */
  private static boolean isPlainText(byte[] json) {
    int last = json.length - 1;
    if (last < 1 || last > MAX_PLAIN || json[0] != '"' || json[last] != '"') {
      return false;
    }
    for (int i = 1; i < last; i++) {
      if (json[i] < 0x20 || json[i] == 0x7F || json[i] == '"' || json[i] == '\\') {
        return false; // what is not ASCII is negative
      }
    }
    return true;
  }

  private static boolean isPlainNumber(byte[] json) {
    if (json.length == 0 || json.length > MAX_PLAIN || json[0] < '1') {
      return false;
    }
    for (byte digit : json) {
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return true;
  }

  /** The canonical bytes of a document. */
  public static byte[] of(String json) {
    return bytes(JsonTree.read(json, REFUSE));
  }

  /**
   * The canonical bytes of the value that a pointer leads to, empty if there is none. The whole
   * document is checked. Strings that hold JSON are strings here.
   */
  public static Optional<byte[]> at(byte[] json, JsonPointer pointer) {
    Object value = JsonTree.read(json, REFUSE);
    for (int step = 0; step < pointer.size(); step++) {
      if (value instanceof Map<?, ?> map && map.containsKey(pointer.name(step))) {
        value = map.get(pointer.name(step));
      } else if (value instanceof List<?> list && isWithin(list, pointer.index(step))) {
        value = list.get(pointer.index(step));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(bytes(value));
  }

  /**
   * The canonical text of a number.
   *
   * @throws InvalidJsonException if it has more than 1000 digits before or behind the point
   */
  public static String number(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    if ((long) shortest.precision() - shortest.scale() > MAX_DIGITS
        || shortest.scale() > MAX_DIGITS) {
      throw InvalidJsonException.overLimit(
          "the number with "
              + shortest.precision()
              + " digits and exponent "
              + -(long) shortest.scale()
              + " is out of range: at most "
              + MAX_DIGITS
              + " digits before and behind the point");
    }
    return shortest.toPlainString();
  }

  private static boolean isWithin(List<?> list, int index) {
    return index >= 0 && index < list.size();
  }

  private static byte[] bytes(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder out, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      object(out, map);
    } else if (value instanceof List<?> list) {
      array(out, list);
    } else if (value instanceof String text) {
      string(out, text);
    } else if (value instanceof BigDecimal decimal) {
      out.append(number(decimal));
    } else if (value instanceof BigInteger integer) {
      out.append(number(new BigDecimal(integer)));
    } else {
      out.append(value); // Long, Boolean, null
    }
  }

  private static void object(StringBuilder out, Map<?, ?> map) {
    String[] names = map.keySet().toArray(new String[0]);
    Arrays.sort(names);
    char separator = '{';
    for (String name : names) {
      string(out.append(separator), name);
      append(out.append(':'), map.get(name));
      separator = ',';
    }
    out.append(names.length == 0 ? "{}" : "}");
  }

  private static void array(StringBuilder out, List<?> list) {
    char separator = '[';
    for (Object element : list) {
      append(out.append(separator), element);
      separator = ',';
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Utf8Buffer.pairBegins(text, i, text.length())) {
          throw new InvalidJsonException(
              "JSON is refused: lone surrogate at position " + i + " of a string");
        }
        out.append(c).append(text.charAt(++i));
      } else {
        character(out, c);
      }
    }
    out.append('"');
  }

  private static void character(StringBuilder out, char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      default -> {
        if (c < 0x20) {
          out.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
