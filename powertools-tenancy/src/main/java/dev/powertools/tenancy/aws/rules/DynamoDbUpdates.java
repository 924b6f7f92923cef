// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.UpdateExpression.Touch;
import dev.powertools.tenancy.resource.DeclaredTable;
import dev.powertools.tenancy.source.KeyFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an update does with attributes that say whose an item is: it may set one to a value of the
 * tenant's, and nothing else. Otherwise an item could be put into another tenant's index.
 */
final class DynamoDbUpdates {

  private static final String RULE = "update";

  private final DynamoDbItems items;
  private final Shape change = new Shapes("change: operator=Action values=Value").get("change");

  DynamoDbUpdates(DynamoDbItems items) {
    this.items = items;
  }

  void check(Members update, DeclaredTable table, Asked asked) {
    String expression = update.text(Role.UPDATE);
    if (expression != null) {
      check(expression, update, table, asked);
    }
    for (Map.Entry<?, ?> each : update.map(Role.UPDATES).entrySet()) {
      String attribute = String.valueOf(each.getKey());
      KeyFormat format = table.tenantAttributes().get(attribute);
      if (format != null) {
        Members change = asked.members(this.change, each.getValue());
        String action = change.text(Role.OPERATOR);
        requireSet(action == null || action.equals("PUT"), attribute, asked);
        requireOwn(change.value(Role.VALUES), attribute, format, asked);
      }
    }
  }

  private void check(String expression, Members update, DeclaredTable table, Asked asked) {
    for (Touch touch : read(expression, update, asked).touches()) {
      KeyFormat format = table.tenantAttributes().get(touch.attribute());
      if (format != null) {
        String value = touch.setTo();
        requireSet(value != null, touch.attribute(), asked);
        requireOwn(update.map(Role.VALUES).get(value), touch.attribute(), format, asked);
      }
    }
  }

  private static UpdateExpression read(String expression, Members update, Asked asked) {
    try {
      return UpdateExpression.read(expression, update.map(Role.NAMES));
    } catch (Tokens.Unreadable e) {
      throw asked.denied(RULE, String.valueOf(e.getMessage()), null);
    }
  }

  private void requireOwn(@Nullable Object value, String attribute, KeyFormat format, Asked asked) {
    items.requireOwn(value, attribute, format, RULE, asked);
  }

  private static void requireSet(boolean set, String attribute, Asked asked) {
    if (!set) {
      throw asked.denied(
          RULE,
          "the attribute "
              + attribute
              + " says whose the item is, and may only be set to a value of the tenant's: SET "
              + attribute
              + " = :value",
          null);
    }
  }
}
