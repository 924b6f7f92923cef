// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.http;

/** What may stand in a head, by RFC 9110. */
public final class Token {
  private static final String OTHERS = "!#$%&'*+-.^_`|~";

  private Token() {}

  /** Whether it is a method or a header's name. */
  public static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Token::isTokenCharacter);
  }

  /** Whether it can be a header's value: text without control characters, tabs aside. */
  public static boolean isValue(String text) {
    return text.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 127);
  }

  private static boolean isTokenCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || OTHERS.indexOf(c) >= 0;
  }
}
