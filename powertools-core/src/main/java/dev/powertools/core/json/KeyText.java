// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import org.jspecify.annotations.Nullable;

/** The texts of maps' keys. */
final class KeyText {

  private KeyText() {}

  /** The text of a map's key, or what it throws. */
  static String of(@Nullable Object key) {
    if (key instanceof String text) {
      return text;
    }
    try {
      return key instanceof Enum<?> constant
          ? constant.name()
          : String.valueOf((Object) String.valueOf(key)); // a toString() may return null
    } catch (Throwable thrown) {
      return ThrownText.of("toString()", key, thrown);
    }
  }

  static boolean hasSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** A key as the writer writes it. */
  static String asWritten(String key, int maxChars) {
    String kept = key;
    if (key.length() > maxChars) {
      kept = key.substring(0, maxChars - 1) + '…';
    }
    StringBuilder written = new StringBuilder(kept.length());
    kept.codePoints()
        .forEach(c -> written.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
    return written.toString();
  }
}
