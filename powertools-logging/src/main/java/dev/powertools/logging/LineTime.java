// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.json.JsonWriter;
import java.time.Instant;

/**
 * Writes points in time as {@code "2026-01-31T12:00:00.000Z"}. Consecutive lines share most of it,
 * so the text of the last second is kept. Confined to one thread.
 */
final class LineTime {

  private static final long MAX_SECOND = 253_402_300_799L; // the end of the year 9999
  private static final int SECONDS_A_DAY = 86_400;
  private static final int MILLIS_AT = 21;

  private final byte[] text = {
    '"', '0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0',
    '0', '.', '0', '0', '0', 'Z', '"'
  };
  private long second = Long.MIN_VALUE;

  void write(long epochMillis, JsonWriter json) {
    long now = Math.floorDiv(epochMillis, 1000L);
    if (now < 0 || now > MAX_SECOND) {
      json.value(Instant.ofEpochMilli(epochMillis).toString());
      return;
    }
    if (now != second) {
      date((int) (now / SECONDS_A_DAY));
      time((int) (now % SECONDS_A_DAY));
      second = now;
    }
    int millis = (int) (epochMillis - 1000 * now);
    digit(MILLIS_AT, millis / 100);
    twoDigits(MILLIS_AT + 1, millis % 100);
    json.written(text);
  }

  /**
   * The civil date of a day since 1970-01-01, in years that begin on the 1st of March, so that the
   * leap day comes last.
   */
  private void date(int epochDay) {
    int days = epochDay + 719_468; // since 0000-03-01
    int era = days / 146_097;
    int dayOfEra = days % 146_097;
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int month = (5 * dayOfYear + 2) / 153; // 0 is March
    int year = 400 * era + yearOfEra + (month < 10 ? 0 : 1);
    twoDigits(1, year / 100);
    twoDigits(3, year % 100);
    twoDigits(6, month < 10 ? month + 3 : month - 9);
    twoDigits(9, dayOfYear - (153 * month + 2) / 5 + 1);
  }

  private void time(int secondOfDay) {
    twoDigits(12, secondOfDay / 3600);
    twoDigits(15, secondOfDay / 60 % 60);
    twoDigits(18, secondOfDay % 60);
  }

  private void twoDigits(int at, int value) {
    digit(at, value / 10);
    digit(at + 1, value % 10);
  }

  private void digit(int at, int value) {
    text[at] = (byte) ('0' + value);
  }
}
