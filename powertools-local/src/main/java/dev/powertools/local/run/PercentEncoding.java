// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Decodes percent-encoded text, RFC 3986. */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * A path decoded; plus signs stay.
   *
   * @throws IllegalArgumentException if a percent sign isn't followed by two hexadecimal digits
   */
  static String path(String encoded) {
    return decode(encoded, false);
  }

  /** A query's parameters, decoded; values of one name are joined by commas. */
  static Map<String, String> query(String encoded) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        String name = lenient(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : lenient(pair.substring(equals + 1));
        parameters.merge(name, value, (first, next) -> first + "," + next);
      }
    }
    return parameters;
  }

  /** What is broken in a query stays as it came. */
  private static String lenient(String encoded) {
    try {
      return decode(encoded, true);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  private static String decode(String encoded, boolean form) {
    if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
      return encoded;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes.write(digit(encoded, i + 1) << 4 | digit(encoded, i + 2));
        i += 2;
      } else {
        bytes.write(c == '+' && form ? ' ' : c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int digit(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("broken percent-encoding in '" + text + "'");
    }
    return digit;
  }
}
