// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

/** Tells whether text is JSON. */
final class JsonSyntax {
  private JsonSyntax() {}

  /** Whether it is one JSON value, without duplicate keys, and not too deep. */
  static boolean isValid(String json) {
    try {
      JsonTree.read(json, JsonTree.Duplicates.REFUSE);
      return true;
    } catch (InvalidJsonException e) {
      return false;
    }
  }

  /** The number of RFC 8259, section 6. */
  static boolean isNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int digits = digits(text, at);
    if (digits == 0 || (digits > 1 && text.charAt(at) == '0')) {
      return false;
    }
    at += digits;
    if (at < text.length() && text.charAt(at) == '.') {
      digits = digits(text, at + 1);
      if (digits == 0) {
        return false;
      }
      at += 1 + digits;
    }
    return at == text.length() || isExponent(text, at);
  }

  private static boolean isExponent(String text, int at) {
    if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      return false;
    }
    int from = at + 1;
    if (from < text.length() && (text.charAt(from) == '+' || text.charAt(from) == '-')) {
      from++;
    }
    int digits = digits(text, from);
    return digits > 0 && from + digits == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }
}
