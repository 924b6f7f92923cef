// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.Tokens.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An update expression: each attribute that it reads or writes, whatever the expression calls it.
 *
 * @param touches in the order of the text
 */
record UpdateExpression(List<Touch> touches) {

  private static final int MAX_DEPTH = 16;

  /**
   * An attribute that is read or written.
   *
   * @param attribute the top level's name
   * @param setTo the value that it is set to, as a whole; null if anything else is done with it
   */
  record Touch(String attribute, @Nullable String setTo) {}

  /**
   * Reads an expression.
   *
   * @param names what its aliases stand for
   * @throws Tokens.Unreadable if it is not understood to its end
   */
  static UpdateExpression read(String text, Map<?, ?> names) {
    Reader reader = new Reader(new Tokens(text, names), new ArrayList<>());
    do {
      reader.clause();
    } while (!reader.tokens.atEnd());
    return new UpdateExpression(List.copyOf(reader.touches));
  }

  /** A path, of which the first name counts. */
  private record Path(String attribute, boolean whole) {}

  /** Reads one expression. Confined. */
  private record Reader(Tokens tokens, List<Touch> touches) {

    void clause() {
      if (tokens.skipWord("SET")) {
        do {
          assignment();
        } while (tokens.skip(","));
      } else if (tokens.skipWord("REMOVE")) {
        do {
          touches.add(new Touch(path().attribute(), null));
        } while (tokens.skip(","));
      } else if (tokens.skipWord("ADD") || tokens.skipWord("DELETE")) {
        do {
          touches.add(new Touch(path().attribute(), null));
          tokens.value();
        } while (tokens.skip(","));
      } else {
        throw tokens.unreadable("SET, REMOVE, ADD or DELETE is expected");
      }
    }

    private void assignment() {
      Path target = path();
      tokens.expect("=");
      String value = sum(0);
      touches.add(new Touch(target.attribute(), target.whole() ? value : null));
    }

    /** Reads what is assigned; the name of the value, if it is one value and nothing else. */
    private @Nullable String sum(int depth) {
      String value = operand(depth);
      while (tokens.skip("+") || tokens.skip("-")) {
        operand(depth);
        value = null;
      }
      return value;
    }

    private @Nullable String operand(int depth) {
      if (depth > MAX_DEPTH) {
        throw tokens.unreadable("there are too many parentheses");
      }
      if (tokens.kind() == Kind.VALUE) {
        return tokens.value();
      }
      if (tokens.skip("(")) {
        sum(depth + 1);
        tokens.expect(")");
        return null;
      }
      boolean mayCall = tokens.isWord("if_not_exists") || tokens.isWord("list_append");
      Path path = path();
      if (mayCall && path.whole() && tokens.skip("(")) {
        sum(depth + 1);
        tokens.expect(",");
        sum(depth + 1);
        tokens.expect(")");
      } else {
        touches.add(new Touch(path.attribute(), null));
      }
      return null;
    }

    private Path path() {
      String attribute = tokens.attribute();
      boolean whole = true;
      while (true) {
        if (tokens.skip(".")) {
          tokens.attribute();
        } else if (tokens.skip("[")) {
          tokens.number();
          tokens.expect("]");
        } else {
          return new Path(attribute, whole);
        }
        whole = false;
      }
    }
  }
}
