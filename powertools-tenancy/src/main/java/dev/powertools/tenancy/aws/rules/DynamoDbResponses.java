// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.aws.rules.Members.Part;
import dev.powertools.tenancy.resource.DeclaredIndex;
import dev.powertools.tenancy.resource.DeclaredTable;
import dev.powertools.tenancy.source.KeyFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;

/**
 * Whose the items are that came back. Items without the attribute, which a projection left out, are
 * taken as the keys that were asked by say.
 */
final class DynamoDbResponses {

  private static final String RULE = "egress";

  private static final String RESPONSES =
      """
      GetItem: item=Item
      PutItem: item=Attributes
      UpdateItem: item=Attributes
      DeleteItem: item=Attributes
      Query: items=Items page_key=LastEvaluatedKey
      BatchGetItem: by_table=Responses
      TransactGetItems: each=Responses>item-response
      item-response: item=Item
      """;

  private final Shapes shapes = new Shapes(RESPONSES);
  private final Shapes requests;
  private final DynamoDbTables tables;
  private final DynamoDbItems items;

  DynamoDbResponses(Shapes requests, DynamoDbTables tables, DynamoDbItems items) {
    this.requests = requests;
    this.tables = tables;
    this.items = items;
  }

  void check(Members request, SdkResponse response, Asked asked) {
    Shape shape = shapes.find(asked.call().operation());
    if (shape == null) {
      return;
    }
    Members members = shape.of(response);
    if (request.have(Role.TABLE)) {
      DeclaredTable table = tables.find(request.text(Role.TABLE), asked).own();
      String index = request.text(Role.INDEX);
      check(members, table, index == null || table == null ? null : table.index(index), asked);
    }
    for (Map.Entry<?, ?> each : members.map(Role.BY_TABLE).entrySet()) {
      DeclaredTable table = tables.find((String) each.getKey(), asked).own();
      for (Object item : (List<?>) each.getValue()) {
        own((Map<?, ?>) item, table, null, asked);
      }
    }
    for (Part answers : members.parts(Role.EACH)) {
      checkInTurn(request, (List<?>) answers.value(), shapes.get(answers.shape()), asked);
    }
  }

  /** Answers come in the order of what was asked. */
  private void checkInTurn(Members request, List<?> answers, Shape shape, Asked asked) {
    int next = 0;
    for (Part asks : request.parts(Role.EACH)) {
      for (Object each : (List<?>) asks.value()) {
        Members part = asked.members(requests.get(asks.shape()), each);
        for (Part get : part.parts(Role.PART)) {
          Members one = asked.members(requests.get(get.shape()), get.value());
          DeclaredTable table = tables.find(one.text(Role.TABLE), asked).own();
          if (next < answers.size()) {
            check(shape.of((SdkPojo) answers.get(next++)), table, null, asked);
          }
        }
      }
    }
    if (next < answers.size()) {
      throw asked.denied(RULE, "there are more answers than were asked for", null);
    }
  }

  private void check(
      Members response, @Nullable DeclaredTable table, @Nullable DeclaredIndex index, Asked asked) {
    own(response.map(Role.ITEM), table, index, asked);
    own(response.map(Role.PAGE_KEY), table, index, asked);
    for (Object item : response.list(Role.ITEMS)) {
      own((Map<?, ?>) item, table, index, asked);
    }
  }

  private void own(
      Map<?, ?> item, @Nullable DeclaredTable table, @Nullable DeclaredIndex index, Asked asked) {
    if (table != null) {
      own(item, table.pk(), table.format(), asked);
    }
    if (index != null) {
      own(item, index.pk(), index.format(), asked);
    }
  }

  private void own(Map<?, ?> item, String pk, @Nullable KeyFormat format, Asked asked) {
    if (format != null && item.containsKey(pk)) {
      items.requireOwn(item.get(pk), pk, format, RULE, asked);
    }
  }
}
