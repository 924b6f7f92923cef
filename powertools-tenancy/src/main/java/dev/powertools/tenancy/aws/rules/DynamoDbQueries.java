// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.KeyCondition.Comparison;
import dev.powertools.tenancy.resource.DeclaredIndex;
import dev.powertools.tenancy.resource.DeclaredTable;
import dev.powertools.tenancy.source.KeyFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which items a query is for: its partition key equals one value, which is the tenant's. */
final class DynamoDbQueries {

  private static final String RULE = "condition";

  private final DynamoDbItems items;
  private final Shape condition =
      new Shapes("condition: operator=ComparisonOperator values=AttributeValueList")
          .get("condition");

  DynamoDbQueries(DynamoDbItems items) {
    this.items = items;
  }

  void check(Members query, DeclaredTable table, Asked asked) {
    DeclaredIndex by = by(query.text(Role.INDEX), table, asked);
    Object pageKey = query.value(Role.PAGE_KEY);
    if (pageKey instanceof Map<?, ?> key) {
      items.check(key, table, "page_key", asked);
      if (by.format() != null && !key.containsKey(by.pk())) {
        throw asked.denied("page_key", "the partition key " + by.pk() + " is missing", null);
      }
    }
    KeyFormat format = by.format();
    if (format == null) {
      return; // all in the table is the tenant's
    }
    String expression = query.text(Role.CONDITION);
    boolean older = query.value(Role.CONDITIONS) != null;
    if (expression == null && !older) {
      throw asked.denied(RULE, "there is no key condition", null);
    }
    if (expression != null) {
      requireOwn(value(expression, query, by.pk(), asked), by.pk(), format, asked);
    }
    if (older) {
      requireOwn(value(query.map(Role.CONDITIONS), by.pk(), asked), by.pk(), format, asked);
    }
  }

  private void requireOwn(@Nullable Object value, String pk, KeyFormat format, Asked asked) {
    items.requireOwn(value, pk, format, RULE, asked);
  }

  /** By what is queried. */
  private static DeclaredIndex by(@Nullable String index, DeclaredTable table, Asked asked) {
    if (index == null) {
      return new DeclaredIndex("", table.pk(), table.format(), false);
    }
    DeclaredIndex declared = table.index(index);
    if (declared == null) {
      throw asked.denied(
          "index",
          "the index is not declared. Declare it in the indexes of the table's @TenantTable",
          index);
    }
    if (declared.global()) {
      throw asked.denied(
          "index",
          "the index is declared as global: its key does not say whose an item is, so tenants may"
              + " not query it",
          null);
    }
    return declared;
  }

  /** The value which the key has to equal by an expression. */
  private static @Nullable Object value(String text, Members query, String pk, Asked asked) {
    String value = null;
    int mentions = 0;
    try {
      for (Comparison each : KeyCondition.read(text, query.map(Role.NAMES)).comparisons()) {
        if (each.attribute().equals(pk)) {
          mentions++;
          value = each.equalTo();
        }
      }
    } catch (Tokens.Unreadable e) {
      throw asked.denied(RULE, e.getMessage() + ". Write " + pk + " = :value AND ...", null);
    }
    if (mentions != 1 || value == null) {
      throw notOnce(pk, asked);
    }
    return query.map(Role.VALUES).get(value);
  }

  /** The value which the key has to equal by the older form. */
  private @Nullable Object value(Map<?, ?> conditions, String pk, Asked asked) {
    Object ofKey = conditions.get(pk);
    if (ofKey == null) {
      throw notOnce(pk, asked);
    }
    Members members = asked.members(condition, ofKey);
    List<?> values = members.list(Role.VALUES);
    if (!"EQ".equals(members.text(Role.OPERATOR)) || values.size() != 1) {
      throw notOnce(pk, asked);
    }
    return values.get(0);
  }

  private static RuntimeException notOnce(String pk, Asked asked) {
    return asked.denied(
        RULE,
        "the partition key "
            + pk
            + " has to equal one value, once, and nothing else may be said of it",
        null);
  }
}
