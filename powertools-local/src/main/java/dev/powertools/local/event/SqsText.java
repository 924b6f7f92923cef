// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

/** What text SQS takes. */
final class SqsText {

  private SqsText() {}

  /** Refuses characters that XML 1.0 has no place for, as SQS does. */
  static void check(String option, String text) {
    text.codePoints()
        .filter(c -> !isAllowed(c))
        .findFirst()
        .ifPresent(
            c -> {
              throw Refused.value(
                  option,
                  text,
                  String.format(
                      "SQS refuses the character U+%04X; it takes tab, line feed, carriage return"
                          + " and U+0020 to U+10FFFF but surrogates, U+FFFE and U+FFFF",
                      c));
            });
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  /** A message group id or deduplication id. */
  static String token(String option, String text) {
    if (!text.matches("[\\p{Alnum}\\p{Punct}]{1,128}")) {
      throw Refused.value(
          option, text, "SQS takes 1 to 128 letters, digits and punctuation of ASCII");
    }
    return text;
  }
}
