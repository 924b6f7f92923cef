// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.redact;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A set of names in which {@code apiKey}, {@code API_KEY} and {@code api-key} are one: only letters
 * and digits count, and not their case. Asking makes no object. Immutable.
 */
final class Names {

  private final @Nullable String[] slots;

  Names(Collection<String> names) {
    slots = new String[Integer.highestOneBit(Math.max(4, names.size() * 4)) * 2];
    for (String name : names) {
      String letters = letters(name);
      int slot = slot(letters);
      while (slots[slot] != null) {
        slot = next(slot);
      }
      slots[slot] = letters;
    }
  }

  boolean contains(String name) {
    for (int slot = slot(name); ; slot = next(slot)) {
      String there = slots[slot];
      if (there == null || isSame(there, name)) {
        return there != null;
      }
    }
  }

  private int slot(String name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = letter(name.charAt(i));
      hash = c == 0 ? hash : 31 * hash + c;
    }
    return (hash ^ (hash >>> 15)) & (slots.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  private static boolean isSame(String letters, String name) {
    int at = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = letter(name.charAt(i));
      if (c != 0 && (at == letters.length() || letters.charAt(at++) != c)) {
        return false;
      }
    }
    return at == letters.length();
  }

  private static String letters(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = letter(name.charAt(i));
      if (c != 0) {
        letters.append(c);
      }
    }
    return letters.toString();
  }

  /** The character in lower case if it is a letter or digit, else 0. */
  private static char letter(char c) {
    if (c >= 'A' && c <= 'Z') {
      return (char) (c + ('a' - 'A'));
    }
    boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return plain || (c >= 0x80 && Character.isLetterOrDigit(c)) ? Character.toLowerCase(c) : 0;
  }
}
