// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that JSON has as text, of one form each. */
final class TextPlan extends Plan {
  private final Class<?> type;

  private TextPlan(Class<?> type) {
    this.type = type;
  }

  static @Nullable TextPlan of(Class<?> type) {
    boolean known =
        type == String.class
            || type == char.class
            || type == Character.class
            || type == UUID.class
            || isTime(type);
    return known ? new TextPlan(type) : null;
  }

  static boolean isTime(Class<?> type) {
    return type == Instant.class
        || type == LocalDate.class
        || type == LocalDateTime.class
        || type == LocalTime.class
        || type == OffsetDateTime.class
        || type == OffsetTime.class
        || type == ZonedDateTime.class
        || type == Duration.class
        || type == Period.class;
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
    expect(parser, JsonToken.VALUE_STRING);
    String text = parser.getText();
    if (type == String.class) {
      return text;
    }
    Object value;
    try {
      value = parsed(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw mismatch(parser, e);
    }
    if (value == null) {
      throw mismatch(parser, null);
    }
    return value;
  }

  private @Nullable Object parsed(String text) {
    if (type == UUID.class) {
      return uuid(text);
    }
    if (type == char.class || type == Character.class) {
      return text.length() == 1 ? text.charAt(0) : null;
    }
    return type == Duration.class || type == Period.class ? amount(text) : time(text);
  }

  private Object time(String text) {
    if (type == Instant.class) {
      return Instant.parse(text);
    } else if (type == LocalDate.class) {
      return LocalDate.parse(text);
    } else if (type == LocalDateTime.class) {
      return LocalDateTime.parse(text);
    } else if (type == LocalTime.class) {
      return LocalTime.parse(text);
    } else if (type == OffsetDateTime.class) {
      return OffsetDateTime.parse(text);
    }
    return type == OffsetTime.class ? OffsetTime.parse(text) : ZonedDateTime.parse(text);
  }

  private Object amount(String text) {
    return type == Duration.class ? Duration.parse(text) : Period.parse(text);
  }

  /** The 36 characters only: {@link UUID#fromString} takes {@code 0-0-0-0-1} as well. */
  static @Nullable UUID uuid(String text) {
    return text.length() == 36 ? UUID.fromString(text) : null;
  }
}
