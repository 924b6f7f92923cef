// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.util.Collection;

/** Refuses what AWS would not send either. */
final class Refused {

  private static final int LONGEST = 120;

  private Refused() {}

  static IllegalArgumentException value(String option, Object value, String allowed) {
    String text = String.valueOf(value);
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return new IllegalArgumentException(option + " \"" + shown + "\": " + allowed);
  }

  static String blank(String option, String value, String fix) {
    if (value.isBlank()) {
      throw value(option, value, "must not be blank; " + fix);
    }
    return value;
  }

  static void none(Collection<?> records, String source, String fix) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException(
          "An event of " + source + " has at least one record: add it by " + fix);
    }
  }
}
