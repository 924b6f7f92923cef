// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static dev.powertools.testing.TableTarget.text;
import static dev.powertools.testing.TableTarget.value;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.resource.DeclaredIndex;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The victim's part of an index: read by its key, or written into by items whose own key is the
 * attacker's. A table without an index has nothing to attack.
 */
final class DynamoDbIndexAttacks {

  private DynamoDbIndexAttacks() {}

  /** A request for what is somebody's by an index. */
  @FunctionalInterface
  private interface IndexProbe {
    SdkRequest of(TableTarget table, DeclaredIndex index, TenantId whose);
  }

  private static void foreignIndex(ClientList list, String name, IndexProbe probe) {
    DynamoDbAttacks.tables(
        list,
        name,
        (scene, clients, table) -> {
          for (DeclaredIndex index : table.indexes()) {
            scene.sent(clients, probe.of(table, index, scene.attacker()));
            scene.denied(clients, probe.of(table, index, scene.victim()));
          }
        });
  }

  static void addTo(ClientList list) {
    foreignIndex(
        list,
        "Query of the victim's by an index",
        (table, index, whose) ->
            QueryRequest.builder()
                .tableName(table.name(whose))
                .indexName(index.name())
                .keyConditionExpression("#k = :v")
                .expressionAttributeNames(Map.of("#k", index.pk()))
                .expressionAttributeValues(Map.of(":v", text(value(index.format(), whose))))
                .build());
    DynamoDbAttacks.tables(
        list,
        "PutItem of the attacker's that shows up in the victim's index",
        (scene, clients, table) -> {
          for (DeclaredIndex index : table.indexes()) {
            scene.sent(clients, poisoned(table, index, scene.attacker(), scene.attacker()));
            scene.denied(clients, poisoned(table, index, scene.attacker(), scene.victim()));
          }
        });
    DynamoDbAttacks.tables(
        list,
        "UpdateItem of the attacker's into the victim's index",
        (scene, clients, table) -> {
          for (DeclaredIndex index : table.indexes()) {
            scene.sent(clients, moved(table, index, scene.attacker(), scene.attacker()));
            scene.denied(clients, moved(table, index, scene.attacker(), scene.victim()));
          }
        });
    DynamoDbAttacks.tables(
        list,
        "UpdateItem by legacy updates into the victim's index",
        (scene, clients, table) -> {
          for (DeclaredIndex index : table.indexes()) {
            scene.denied(clients, legacy(table, index, scene.attacker(), scene.victim()));
          }
        });
  }

  private static SdkRequest poisoned(
      TableTarget table, DeclaredIndex index, TenantId own, TenantId whose) {
    Map<String, AttributeValue> item = new HashMap<>(table.item(own));
    item.put(index.pk(), text(value(index.format(), whose)));
    return PutItemRequest.builder().tableName(table.name(own)).item(item).build();
  }

  private static SdkRequest moved(
      TableTarget table, DeclaredIndex index, TenantId own, TenantId whose) {
    return DynamoDbAttacks.update(
        table,
        own,
        u ->
            u.updateExpression("SET #k = :v")
                .expressionAttributeNames(Map.of("#k", index.pk()))
                .expressionAttributeValues(Map.of(":v", text(value(index.format(), whose)))));
  }

  private static SdkRequest legacy(
      TableTarget table, DeclaredIndex index, TenantId own, TenantId whose) {
    AttributeValueUpdate put =
        AttributeValueUpdate.builder()
            .action(AttributeAction.PUT)
            .value(text(value(index.format(), whose)))
            .build();
    return UpdateItemRequest.builder()
        .tableName(table.name(own))
        .key(table.key(own))
        .attributeUpdates(Map.of(index.pk(), put))
        .build();
  }
}
