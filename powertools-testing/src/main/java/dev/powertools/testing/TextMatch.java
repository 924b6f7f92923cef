// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.function.Predicate;

/** Whether an array's bytes contain a text: as Latin-1, or as UTF-16 in either order of bytes. */
final class TextMatch implements Predicate<byte[]> {

  private final byte[] latin1;
  private final byte[] utf16;

  TextMatch(byte[] latin1) {
    this.latin1 = latin1;
    // from the first letter to the last, with zeros between: the same in both orders
    this.utf16 = new byte[2 * latin1.length - 1];
    for (int i = 0; i < latin1.length; i++) {
      utf16[2 * i] = latin1[i];
    }
  }

  @Override
  public boolean test(byte[] content) {
    return contains(content, latin1) || contains(content, utf16);
  }

  private static boolean contains(byte[] content, byte[] pattern) {
    int last = content.length - pattern.length;
    for (int start = 0; start <= last; start++) {
      if (content[start] == pattern[0] && matches(content, start, pattern)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] content, int start, byte[] pattern) {
    for (int i = 1; i < pattern.length; i++) {
      if (content[start + i] != pattern[i]) {
        return false;
      }
    }
    return true;
  }
}
