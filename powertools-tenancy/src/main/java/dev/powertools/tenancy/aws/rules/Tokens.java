// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes an expression of DynamoDB apart, one token at a time: names, {@code #aliases}, {@code
 * :values}, numbers and symbols. What it does not know it refuses. Confined.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html">Expressions
 *     in DynamoDB</a>
 */
final class Tokens {

  /** What a token is. */
  enum Kind {
    NAME,
    ALIAS,
    VALUE,
    NUMBER,
    SYMBOL,
    END
  }

  /** An expression that is not understood. Its message has no value of the request in it. */
  static final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreadable(int position, String expected) {
      super("at character " + position + " of the expression, " + expected);
    }
  }

  private final String text;
  private final Map<?, ?> aliases;
  private int from;
  private int to;
  private Kind kind = Kind.END;

  /**
   * Begins with the first token.
   *
   * @param aliases what names with a {@code #} stand for
   */
  Tokens(String text, Map<?, ?> aliases) {
    this.text = text;
    this.aliases = aliases;
    next();
  }

  Kind kind() {
    return kind;
  }

  boolean atEnd() {
    return kind == Kind.END;
  }

  /** Goes on to the next token. */
  void next() {
    from = to;
    while (from < text.length() && isSpace(text.charAt(from))) {
      from++;
    }
    to = from;
    kind = from == text.length() ? Kind.END : read();
  }

  private Kind read() {
    char first = text.charAt(to++);
    if (first == '#' || first == ':') {
      if (rest() == 0) {
        throw unreadable("a name has to follow " + first);
      }
      return first == '#' ? Kind.ALIAS : Kind.VALUE;
    }
    if (isLetter(first)) {
      rest();
      return Kind.NAME;
    }
    if (isDigit(first)) {
      while (to < text.length() && isDigit(text.charAt(to))) {
        to++;
      }
      return Kind.NUMBER;
    }
    return symbol(first);
  }

  private int rest() {
    int begin = to;
    while (to < text.length() && (isLetter(text.charAt(to)) || isDigit(text.charAt(to)))) {
      to++;
    }
    return to - begin;
  }

  private Kind symbol(char first) {
    if ("=<>(),.[]+-".indexOf(first) < 0) {
      throw unreadable("there is something that no expression has");
    }
    boolean two = first == '<' || first == '>';
    if (two && to < text.length() && (text.charAt(to) == '=' || isNotEqual(first))) {
      to++;
    }
    return Kind.SYMBOL;
  }

  private boolean isNotEqual(char first) {
    return first == '<' && text.charAt(to) == '>';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether this token is a symbol. */
  boolean is(String symbol) {
    return kind == Kind.SYMBOL && here(symbol) && to - from == symbol.length();
  }

  /** Whether this token is a word, in any case. */
  boolean isWord(String word) {
    return kind == Kind.NAME
        && to - from == word.length()
        && text.regionMatches(true, from, word, 0, word.length());
  }

  private boolean here(String part) {
    return text.startsWith(part, from);
  }

  /** Goes past a symbol if it is here. */
  boolean skip(String symbol) {
    boolean here = is(symbol);
    if (here) {
      next();
    }
    return here;
  }

  /** Goes past a symbol that must be here. */
  void expect(String symbol) {
    if (!skip(symbol)) {
      throw unreadable(symbol + " is expected");
    }
  }

  /** Goes past a word if it is here. */
  boolean skipWord(String word) {
    boolean here = isWord(word);
    if (here) {
      next();
    }
    return here;
  }

  /** The attribute that a name or an alias is, and goes on. */
  String attribute() {
    @Nullable Object name = kind == Kind.ALIAS ? aliases.get(word()) : word();
    boolean isName = kind == Kind.NAME || kind == Kind.ALIAS;
    if (!isName || !(name instanceof String attribute)) {
      throw unreadable(
          kind == Kind.ALIAS
              ? "there is a # that ExpressionAttributeNames does not have"
              : "the name of an attribute is expected");
    }
    next();
    return attribute;
  }

  /** The name of a value, with its colon, and goes on. */
  String value() {
    if (kind != Kind.VALUE) {
      throw unreadable("a :value is expected");
    }
    String word = word();
    next();
    return word;
  }

  /** Goes past a number. */
  void number() {
    if (kind != Kind.NUMBER) {
      throw unreadable("an index is expected");
    }
    next();
  }

  private String word() {
    return text.substring(from, to);
  }

  Unreadable unreadable(String expected) {
    return new Unreadable(from + 1, expected);
  }
}
