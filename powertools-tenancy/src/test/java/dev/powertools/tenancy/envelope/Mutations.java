// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import java.util.random.RandomGenerator;

/** Texts that were changed at one to three places. */
final class Mutations {

  private static final String ALPHABET = "abAZ019-_|.=:/ {}\"\u0000\u00e9\ud83d\ude00";

  private Mutations() {}

  static String of(String text, RandomGenerator random) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      once(changed, random);
    }
    return changed.toString();
  }

  private static void once(StringBuilder text, RandomGenerator random) {
    int at = random.nextInt(text.length() + 1);
    char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    boolean end = at == text.length();
    switch (random.nextInt(6)) {
      case 0 -> text.insert(at, other);
      case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
      case 2 -> text.setLength(at);
      case 3 -> text.insert(at, text.substring(at));
      case 4 -> text.replace(at, end ? at : at + 1, String.valueOf(other));
      default -> {
        if (!end) {
          text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(7))));
        }
      }
    }
  }
}
