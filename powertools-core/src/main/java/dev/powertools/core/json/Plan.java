// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How values of one type are read and written; made once per type, immutable then. */
abstract class Plan {
  /** The type, for messages. */
  abstract String expected();

  /** Reads the value at whose first token, not null, the parser stands; leaves it at the last. */
  abstract @Nullable Object read(JsonParser parser) throws IOException;

  /** Writes a value other than null; scalars are what the writer makes of them. */
  void write(Object value, JsonWriter out) {
    out.value(value);
  }

  /** Whether neither null nor nothing will do. */
  boolean isRequired() {
    return false;
  }

  /** What null and nothing become. */
  @Nullable Object empty() {
    return null;
  }

  final @Nullable Object readOrEmpty(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      return read(parser);
    }
    if (isRequired()) {
      throw mismatch(parser, null);
    }
    return empty();
  }

  final void writeOrNull(@Nullable Object value, JsonWriter out) {
    if (value == null) {
      out.nullValue();
    } else if (out.depth() >= JsonParsers.MAX_DEPTH) {
      throw new UnencodablePayloadException(
          "nested deeper than " + JsonParsers.MAX_DEPTH + " levels, or a cycle", null);
    } else {
      write(value, out);
    }
  }

  final void expect(JsonParser parser, JsonToken token) {
    if (parser.currentToken() != token) {
      throw mismatch(parser, null);
    }
  }

  final UndecodablePayloadException mismatch(JsonParser parser, @Nullable Throwable cause) {
    return new UndecodablePayloadException(pointer(parser), expected(), found(parser), cause);
  }

  static String pointer(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString();
  }

  private static String found(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "an integer";
      case VALUE_NUMBER_FLOAT -> "a decimal number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "no value";
    };
  }
}
