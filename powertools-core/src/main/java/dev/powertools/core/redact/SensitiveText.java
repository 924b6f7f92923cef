// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.redact;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What can be told to be sensitive by its look, in the middle of any text. */
public enum SensitiveText {
  /** Payment card numbers: 13 to 19 digits, maybe in groups, with a valid check digit (Luhn). */
  CARD_NUMBER("(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])"),
  /** E-mail addresses. */
  EMAIL("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})+"),
  /** JSON Web Tokens, signed or not. */
  JWT("eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]*"),
  /** AWS access key ids and session keys' ids. */
  AWS_ACCESS_KEY("(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
  /** AWS secret keys, where their name stands before them. */
  AWS_SECRET_KEY(
      "(?<=(?:secret_access_key|SecretAccessKey|secretAccessKey|SECRET_ACCESS_KEY).{1,5})"
          + "[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])"),
  /** What follows {@code Bearer} or {@code Basic} in an authorization header. */
  AUTHORIZATION("(?<=(?:[Bb]earer|BEARER|[Bb]asic|BASIC) {1,3})[A-Za-z0-9+/._~=-]{8,}");

  private final String regex;

  SensitiveText(String regex) {
    this.regex = regex;
  }

  TextRule rule() {
    Predicate<String> confirmed =
        this == CARD_NUMBER ? SensitiveText::hasCheckDigit : match -> true;
    return new TextRule(Pattern.compile(regex), confirmed);
  }

  private static boolean hasCheckDigit(String number) {
    int sum = 0;
    boolean second = false;
    for (int i = number.length() - 1; i >= 0; i--) {
      char c = number.charAt(i);
      if (c >= '0' && c <= '9') {
        int digit = (c - '0') << (second ? 1 : 0);
        sum += digit > 9 ? digit - 9 : digit;
        second = !second;
      }
    }
    return sum % 10 == 0;
  }
}
