// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into plain values: {@link Map} in the order of the text, {@link List}, {@link String},
 * {@link Boolean}, {@link Long}, {@link java.math.BigInteger}, {@link BigDecimal} and null.
 *
 * <p>No number loses a digit. At most 64 levels deep and 8 MB long. Stateless and thread-safe.
 */
public final class JsonTree {
  /** What takes the place of a value whose key is there more than once. */
  public static final Object AMBIGUOUS =
      new Object() {
        @Override
        public String toString() {
          return "ambiguous: the key is there more than once";
        }
      };

  /** What to do with a key that an object has more than once. */
  public enum Duplicates {
    /** The document is invalid. */
    REFUSE,
    /** The key's value is {@link #AMBIGUOUS}: an error only to those who ask for it. */
    MARK
  }

  private JsonTree() {}

  /**
   * Reads one document.
   *
   * @throws InvalidJsonException if it is not exactly one JSON value within the limits
   */
  public static @Nullable Object read(byte[] json, Duplicates duplicates) {
    return read(json, 0, json.length, duplicates);
  }

  /** As {@link #read(byte[], Duplicates)}, of part of an array. */
  public static @Nullable Object read(byte[] json, int offset, int length, Duplicates duplicates) {
    try (JsonParser parser = JsonParsers.of(json, offset, length)) {
      return document(parser, duplicates);
    } catch (JsonProcessingException e) {
      throw InvalidJsonException.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // as good as impossible: invalid UTF-8 at the very end
    }
  }

  /** As {@link #read(byte[], Duplicates)}, of text. */
  public static @Nullable Object read(String json, Duplicates duplicates) {
    try (JsonParser parser = JsonParsers.of(json)) {
      return document(parser, duplicates);
    } catch (JsonProcessingException e) {
      throw InvalidJsonException.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object document(JsonParser parser, Duplicates duplicates)
      throws IOException {
    if (parser.nextToken() == null) {
      throw InvalidJsonException.at(parser.currentLocation(), "there is no value");
    }
    Object value = value(parser, duplicates);
    if (parser.nextToken() != null) {
      throw InvalidJsonException.at(parser.currentTokenLocation(), "text follows the value");
    }
    return value;
  }

  /** The value at whose first token the parser stands; leaves it at the last. */
  static @Nullable Object value(JsonParser parser, Duplicates duplicates) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser, duplicates);
      case START_ARRAY -> array(parser, duplicates);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? parser.getBigIntegerValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw InvalidJsonException.at(parser.currentTokenLocation(), "no value: " + token);
    };
  }

  static BigDecimal decimal(JsonParser parser) throws IOException {
    try {
      return parser.getDecimalValue();
    } catch (ArithmeticException | NumberFormatException e) {
      throw InvalidJsonException.at(parser.currentTokenLocation(), "exponent out of range");
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser parser, Duplicates duplicates)
      throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      boolean again = members.containsKey(name);
      if (again && duplicates == Duplicates.REFUSE) {
        throw InvalidJsonException.at(
            parser.currentTokenLocation(),
            "the key \"" + InvalidJsonException.hint(name) + "\" is there already");
      }
      parser.nextToken();
      Object value = value(parser, duplicates);
      members.put(name, again ? AMBIGUOUS : value);
    }
    return members;
  }

  private static List<@Nullable Object> array(JsonParser parser, Duplicates duplicates)
      throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser, duplicates));
    }
    return elements;
  }
}
