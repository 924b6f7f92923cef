// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import static dev.powertools.tenancy.aws.rules.DynamoDbRulesTest.OWN;
import static dev.powertools.tenancy.aws.rules.DynamoDbRulesTest.VICTIM;
import static dev.powertools.tenancy.aws.rules.DynamoDbRulesTest.item;
import static dev.powertools.tenancy.aws.rules.DynamoDbRulesTest.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.tenancy.aws.TenantCallDeniedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Expressions that are made up, together with what they mean, told by how they were made and not by
 * reading them: no query that could return a foreign item is let through, and no update after which
 * an item could be in a foreign index.
 */
class ExpressionPropertiesTest {

  private static final List<String> ATTRIBUTES =
      List.of("pk", "sk", "gsi1pk", "name", "and", "pk2");
  private static final List<AttributeValue> VALUES =
      List.of(
          s(OWN),
          s(VICTIM),
          s("acme"),
          s("globex"),
          s("acme2"),
          s("TENANT#acme2#x"),
          AttributeValue.fromN("1"),
          AttributeValue.fromB(SdkBytes.fromUtf8String(OWN)));

  private final Asking dynamoDb = Asking.of(DynamoDbRulesTest.Isolation.class, "DynamoDb");

  /** Makes up the parts of an expression, and keeps what its names stand for. */
  private static final class Parts {
    private final Random dice;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    Parts(Random dice) {
      this.dice = dice;
    }

    boolean chance(int percent) {
      return dice.nextInt(100) < percent;
    }

    <T> T any(List<T> from) {
      return from.get(dice.nextInt(from.size()));
    }

    /** An attribute as the text names it: itself, or by an alias that may look like another. */
    String named(String attribute) {
      if (chance(50)) {
        return attribute;
      }
      String alias = "#" + any(List.of("pk", "sk", "g", "n", "a", "AND", "_1"));
      String present = names.putIfAbsent(alias, attribute);
      return present == null || present.equals(attribute) ? alias : attribute;
    }

    String value(AttributeValue value) {
      String name = ":" + any(List.of("own", "victim", "a", "b", "pk", "_", "v1"));
      AttributeValue present = values.putIfAbsent(name, value);
      if (present != null && !present.equals(value)) {
        name = ":x" + values.size();
        values.put(name, value);
      }
      return name;
    }

    String space() {
      return any(List.of(" ", "  ", "\t", "\n", "\r\n ", "\f"));
    }

    String maybe() {
      return chance(50) ? "" : space();
    }

    String word(String word) {
      StringBuilder text = new StringBuilder();
      word.chars().forEach(c -> text.append((char) (chance(50) ? Character.toLowerCase(c) : c)));
      return text.toString();
    }
  }

  /** A part of a condition: its text, and which keys it is true for. */
  private record Term(String text, Predicate<Map<String, String>> holds) {}

  private static Term term(Parts parts) {
    String attribute = parts.any(List.of("pk", "pk", "pk", "sk", "gsi1pk", "pk2"));
    AttributeValue value = parts.any(VALUES);
    String name = parts.named(attribute);
    String text = parts.value(value);
    String operator = parts.any(List.of("=", "=", "=", "=", "<", ">=", "<>", "IN", "begins_with"));
    Predicate<Map<String, String>> equal =
        key -> value.s() != null && value.s().equals(key.get(attribute));
    boolean turned = parts.chance(30);
    return switch (operator) {
      case "=" ->
          new Term(
              (turned ? text : name) + parts.maybe() + "=" + parts.maybe() + (turned ? name : text),
              equal);
      case "IN" -> new Term(name + " IN (" + text + "," + text + ")", key -> true);
      case "begins_with" -> new Term("begins_with(" + name + "," + text + ")", key -> true);
      default -> new Term(name + parts.maybe() + operator + parts.maybe() + text, key -> true);
    };
  }

  private static Term condition(Parts parts, int depth) {
    Term first = depth > 2 || parts.chance(60) ? term(parts) : inParentheses(parts, depth);
    if (parts.chance(55)) {
      return first;
    }
    Term second = condition(parts, depth + 1);
    boolean or = parts.chance(15);
    String text =
        first.text()
            + parts.space()
            + parts.word(or ? "OR" : "AND")
            + parts.space()
            + second.text();
    return new Term(
        text, or ? first.holds().or(second.holds()) : first.holds().and(second.holds()));
  }

  private static Term inParentheses(Parts parts, int depth) {
    Term inner = condition(parts, depth + 1);
    return new Term("(" + parts.maybe() + inner.text() + parts.maybe() + ")", inner.holds());
  }

  @Test
  void no_query_that_could_return_a_foreign_item_is_let_through() {
    AtomicInteger allowed = new AtomicInteger();
    Rounds.each(
        dice -> {
          Parts parts = new Parts(dice);
          boolean ofIndex = parts.chance(30);
          Term condition = condition(parts, 0);
          QueryRequest query =
              QueryRequest.builder()
                  .tableName("orders")
                  .indexName(ofIndex ? "gsi1" : null)
                  .keyConditionExpression(condition.text())
                  .expressionAttributeNames(parts.names)
                  .expressionAttributeValues(parts.values)
                  .build();
          if (isAllowed(query)) {
            allowed.incrementAndGet();
            assertThat(couldReturnForeign(condition, ofIndex)).as("%s", query).isFalse();
          }
        });
    if (Long.getLong("seed") == null) {
      assertThat(allowed).hasPositiveValue();
    }
  }

  /** Whether there is an item of another tenant's, by the key that is queried, that fits. */
  private static boolean couldReturnForeign(Term condition, boolean ofIndex) {
    List<String> texts =
        List.of(OWN, VICTIM, "acme", "globex", "acme2", "TENANT#acme2#x", "anything");
    for (String pk : texts) {
      for (String index : texts) {
        for (String other : texts) {
          Map<String, String> key = Map.of("pk", pk, "gsi1pk", index, "sk", other, "pk2", other);
          boolean foreign = ofIndex ? !index.equals("acme") : !pk.startsWith("TENANT#acme#");
          if (foreign && condition.holds().test(key)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** An update: its text, and what it may leave in the attribute that the index goes by. */
  private static final class Update {
    private final List<String> sets = new ArrayList<>();
    private final List<String> removes = new ArrayList<>();
    private final List<String> adds = new ArrayList<>();
    private boolean foreign;

    void add(Parts parts) {
      String attribute = parts.any(ATTRIBUTES.subList(1, 4));
      boolean ofIndex = attribute.equals("gsi1pk");
      String name = parts.named(attribute);
      switch (parts.dice.nextInt(4)) {
        case 0 -> {
          AttributeValue value = parts.any(VALUES);
          sets.add(name + parts.maybe() + "=" + parts.maybe() + parts.value(value));
          foreign |= ofIndex && !value.equals(s("acme"));
        }
        case 1 -> {
          String other = parts.named(parts.any(List.of("name", "sk")));
          sets.add(name + " = " + operand(other, parts));
          foreign |= ofIndex; // what the other attribute holds can be anything
        }
        case 2 -> removes.add(name + (parts.chance(30) ? "[0]" : ""));
        default -> {
          adds.add(name + parts.space() + parts.value(parts.any(VALUES)));
          foreign |= ofIndex;
        }
      }
    }

    private static String operand(String other, Parts parts) {
      String value = parts.value(parts.any(VALUES));
      return parts.any(
          List.of(
              other,
              "if_not_exists(" + other + parts.maybe() + "," + value + ")",
              "list_append(" + value + ", " + other + ")",
              other + " + " + value,
              "(" + other + ")"));
    }

    String text(Parts parts) {
      List<String> clauses = new ArrayList<>();
      clause("SET", sets, clauses, parts);
      clause("REMOVE", removes, clauses, parts);
      clause(parts.any(List.of("ADD", "DELETE")), adds, clauses, parts);
      return String.join(parts.space(), clauses);
    }

    private static void clause(
        String word, List<String> actions, List<String> clauses, Parts parts) {
      if (!actions.isEmpty()) {
        clauses.add(
            parts.word(word)
                + parts.space()
                + String.join(parts.maybe() + "," + parts.maybe(), actions));
      }
    }
  }

  @Test
  void no_update_after_which_an_item_could_be_in_a_foreign_index_is_let_through() {
    AtomicInteger allowed = new AtomicInteger();
    Rounds.each(
        dice -> {
          Parts parts = new Parts(dice);
          Update update = new Update();
          for (int i = 1 + dice.nextInt(3); i > 0; i--) {
            update.add(parts);
          }
          SdkRequest request =
              UpdateItemRequest.builder()
                  .tableName("orders")
                  .key(item("pk", OWN))
                  .updateExpression(update.text(parts))
                  .expressionAttributeNames(parts.names)
                  .expressionAttributeValues(parts.values)
                  .build();
          if (isAllowed(request)) {
            allowed.incrementAndGet();
            assertThat(update.foreign).as("%s", request).isFalse();
          }
        });
    if (Long.getLong("seed") == null) {
      assertThat(allowed).hasPositiveValue();
    }
  }

  /** Characters that mean something to expressions, and some that only look so. */
  private static final List<String> PIECES =
      List.of(
          "pk",
          "sk",
          "gsi1pk",
          "#pk",
          "#",
          ":own",
          ":victim",
          ":",
          "=",
          "<",
          ">",
          "<=",
          ">=",
          "<>",
          "(",
          ")",
          ",",
          ".",
          "[",
          "]",
          "0",
          "1",
          "+",
          "-",
          " ",
          "\t",
          "\n",
          "\u00a0",
          "\u0000",
          "\u2003",
          "AND",
          "and",
          "OR",
          "NOT",
          "IN",
          "BETWEEN",
          "begins_with",
          "SET",
          "set",
          "REMOVE",
          "ADD",
          "DELETE",
          "if_not_exists",
          "list_append",
          "'",
          "\"",
          "\\",
          "é",
          "ａ",
          "\ud83d\ude00",
          "\ud83d",
          "/*",
          "--",
          ";");

  @Test
  void whatever_text_is_given_it_is_let_through_or_denied_and_no_foreign_value_is_used() {
    Rounds.each(
        dice -> {
          StringBuilder text = new StringBuilder();
          for (int i = dice.nextInt(14); i > 0; i--) {
            text.append(PIECES.get(dice.nextInt(PIECES.size())));
          }
          QueryRequest query = DynamoDbRulesTest.query(text.toString()).tableName("orders").build();
          if (isAllowed(query)) {
            assertThat(text.toString()).contains(":own").contains("=");
          }
          isAllowed(
              UpdateItemRequest.builder()
                  .tableName("orders")
                  .key(item("pk", OWN))
                  .updateExpression(text.toString())
                  .build());
        });
  }

  /** Allowed or denied; anything else that is thrown fails the test. */
  private boolean isAllowed(SdkRequest request) {
    try {
      dynamoDb.check(request);
      return true;
    } catch (TenantCallDeniedException e) {
      assertThat(e).hasMessageNotContainingAny("globex", "acme2");
      return false;
    }
  }
}
