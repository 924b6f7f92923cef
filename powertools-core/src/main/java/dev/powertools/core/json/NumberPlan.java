// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbers: whole ones from integers only, none out of range, none from text but NaN and infinity.
 */
final class NumberPlan extends Plan {
  private final Class<?> type;

  private NumberPlan(Class<?> type) {
    this.type = type;
  }

  static @Nullable NumberPlan of(Class<?> type) {
    boolean known =
        type == int.class
            || type == long.class
            || type == double.class
            || type == float.class
            || type == short.class
            || type == byte.class
            || type == Integer.class
            || type == Long.class
            || type == Double.class
            || type == Float.class
            || type == Short.class
            || type == Byte.class
            || type == BigDecimal.class
            || type == BigInteger.class;
    return known ? new NumberPlan(type) : null;
  }

  @Override
  String expected() {
    return type.getName();
  }

  @Override
  boolean isRequired() {
    return type.isPrimitive();
  }

  @Override
  Object read(JsonParser parser) throws IOException {
    try {
      if (type == double.class || type == Double.class) {
        return real(parser, false);
      }
      if (type == float.class || type == Float.class) {
        return (float) real(parser, true);
      }
      return type == BigDecimal.class ? decimal(parser) : integer(parser);
    } catch (InputCoercionException e) {
      throw mismatch(parser, e);
    }
  }

  private Object integer(JsonParser parser) throws IOException {
    expect(parser, JsonToken.VALUE_NUMBER_INT);
    if (type == BigInteger.class) {
      return parser.getBigIntegerValue();
    }
    long value = parser.getLongValue();
    if (type == long.class || type == Long.class) {
      return value;
    }
    if (type == int.class || type == Integer.class) {
      return (int) within(parser, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == short.class || type == Short.class) {
      return (short) within(parser, value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return (byte) within(parser, value, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  private long within(JsonParser parser, long value, long min, long max) {
    if (value < min || value > max) {
      throw mismatch(parser, null);
    }
    return value;
  }

  private BigDecimal decimal(JsonParser parser) throws IOException {
    expectNumber(parser);
    return JsonTree.decimal(parser);
  }

  private double real(JsonParser parser, boolean single) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return special(parser);
    }
    expectNumber(parser);
    double value = single ? parser.getFloatValue() : parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw mismatch(parser, null);
    }
    return value;
  }

  private double special(JsonParser parser) throws IOException {
    return switch (parser.getText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw mismatch(parser, null);
    };
  }

  private void expectNumber(JsonParser parser) {
    if (!parser.currentToken().isNumeric()) {
      throw mismatch(parser, null);
    }
  }
}
