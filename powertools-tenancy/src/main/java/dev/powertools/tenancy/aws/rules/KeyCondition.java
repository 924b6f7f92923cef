// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.Tokens.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key condition: comparisons of attributes with values, joined by AND. Whatever DynamoDB might
 * take beyond that, such as OR, one attribute compared with another, or a path, is not read.
 *
 * @param comparisons all of them
 */
record KeyCondition(List<Comparison> comparisons) {

  private static final int MAX_DEPTH = 16;
  private static final List<String> OPERATORS = List.of("=", "<=", ">=", "<", ">");

  /**
   * A comparison.
   *
   * @param attribute its name, whatever the expression calls it
   * @param equalTo the value that it is to equal; null if it is compared otherwise
   */
  record Comparison(String attribute, @Nullable String equalTo) {}

  /**
   * Reads a condition.
   *
   * @param names what its aliases stand for
   * @throws Tokens.Unreadable if it is not understood to its end
   */
  static KeyCondition read(String text, Map<?, ?> names) {
    Tokens tokens = new Tokens(text, names);
    List<Comparison> comparisons = new ArrayList<>();
    conjunction(tokens, comparisons, 0);
    if (!tokens.atEnd()) {
      throw tokens.unreadable("AND or the end is expected");
    }
    return new KeyCondition(List.copyOf(comparisons));
  }

  private static void conjunction(Tokens tokens, List<Comparison> found, int depth) {
    if (depth > MAX_DEPTH) {
      throw tokens.unreadable("there are too many parentheses");
    }
    do {
      if (tokens.skip("(")) {
        conjunction(tokens, found, depth + 1);
        tokens.expect(")");
      } else {
        found.add(comparison(tokens));
      }
    } while (tokens.skipWord("AND"));
  }

  private static Comparison comparison(Tokens tokens) {
    if (tokens.kind() == Kind.VALUE) {
      String value = tokens.value();
      boolean equal = operator(tokens);
      return new Comparison(tokens.attribute(), equal ? value : null);
    }
    boolean mayCall = tokens.isWord("begins_with");
    String attribute = tokens.attribute();
    if (mayCall && tokens.skip("(")) {
      return beginsWith(tokens);
    }
    if (tokens.skipWord("BETWEEN")) {
      tokens.value();
      if (!tokens.skipWord("AND")) {
        throw tokens.unreadable("AND is expected");
      }
      tokens.value();
      return new Comparison(attribute, null);
    }
    boolean equal = operator(tokens);
    String value = tokens.value();
    return new Comparison(attribute, equal ? value : null);
  }

  private static Comparison beginsWith(Tokens tokens) {
    String attribute = tokens.attribute();
    tokens.expect(",");
    tokens.value();
    tokens.expect(")");
    return new Comparison(attribute, null);
  }

  /** Goes past an operator; true if it is the one that means equal. */
  private static boolean operator(Tokens tokens) {
    for (String operator : OPERATORS) {
      if (tokens.skip(operator)) {
        return operator.equals("=");
      }
    }
    throw tokens.unreadable("one of = < <= > >= is expected");
  }
}
