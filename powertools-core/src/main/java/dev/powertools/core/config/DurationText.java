// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of time as people write them: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 1h}, {@code
 * 7d}, several of them in falling order of unit ({@code 1h 30m}), or ISO-8601 ({@code PT1H30M}).
 */
public final class DurationText {

  private static final String UNITS = "d h m s ms";

  private DurationText() {}

  /**
   * Reads a positive length of time.
   *
   * @param text such as {@code 1h 30m}
   * @return the length, above zero
   * @throws IllegalArgumentException if the text is not one; the message has an example
   */
  public static Duration parse(String text) {
    Duration duration = read(text);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("\"" + text + "\" must be longer than zero");
    }
    return duration;
  }

  private static Duration read(String text) {
    String stripped = text.strip().toLowerCase(Locale.ROOT);
    try {
      return stripped.startsWith("p") ? Duration.parse(stripped) : readParts(stripped, text);
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw unreadable(text, e);
    }
  }

  private static Duration readParts(String stripped, String text) {
    Duration sum = Duration.ZERO;
    int lastUnit = -1;
    int at = 0;
    while (at < stripped.length()) {
      int digits = end(stripped, at, true);
      int unitEnd = end(stripped, digits, false);
      int unit = indexOf(stripped.substring(digits, unitEnd));
      if (digits == at || unit <= lastUnit) {
        throw unreadable(text, null);
      }
      sum = sum.plus(of(Long.parseLong(stripped.substring(at, digits)), unit));
      lastUnit = unit;
      at = skipSpaces(stripped, unitEnd);
    }
    return sum;
  }

  private static int end(String text, int from, boolean digits) {
    int at = from;
    while (at < text.length() && isPart(text.charAt(at), digits)) {
      at++;
    }
    return at;
  }

  private static boolean isPart(char c, boolean digit) {
    return digit ? c >= '0' && c <= '9' : c >= 'a' && c <= 'z';
  }

  private static int skipSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static int indexOf(String unit) {
    String[] units = UNITS.split(" ", -1);
    for (int i = 0; i < units.length; i++) {
      if (units[i].equals(unit)) {
        return i;
      }
    }
    return -1;
  }

  private static Duration of(long amount, int unit) {
    return switch (unit) {
      case 0 -> Duration.ofDays(amount);
      case 1 -> Duration.ofHours(amount);
      case 2 -> Duration.ofMinutes(amount);
      case 3 -> Duration.ofSeconds(amount);
      default -> Duration.ofMillis(amount);
    };
  }

  private static IllegalArgumentException unreadable(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "\"" + text + "\" is not a length of time; write it like 500ms, 30s, 15m, 1h, 7d or PT15M",
        cause);
  }
}
