// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static dev.powertools.testing.TableTarget.text;

import dev.powertools.tenancy.TenantId;
import dev.powertools.testing.TenantAttack.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Requests for the victim's items in each way that DynamoDB has to name them. For the attacker's
 * own items, the same request is sent.
 */
final class DynamoDbAttacks {

  private static final String SERVICE = "dynamodb";

  private DynamoDbAttacks() {}

  /** A request for what is somebody's. */
  @FunctionalInterface
  interface Probe {
    SdkRequest of(TableTarget table, TenantId whose);
  }

  static void addTo(ClientList list) {
    items(list);
    conditions(list);
    many(list);
    transactions(list);
    DynamoDbIndexAttacks.addTo(list);
  }

  static void tables(ClientList list, String name, ClientList.Script<TableTarget> script) {
    list.add(
        Group.DYNAMODB,
        name,
        scene ->
            ClientList.each(
                scene,
                SERVICE,
                clients -> clients.resources().tables().stream().map(TableTarget::new).toList(),
                script));
  }

  private static void foreign(ClientList list, String name, Probe probe) {
    tables(
        list,
        name,
        (scene, clients, table) -> {
          scene.sent(clients, probe.of(table, scene.attacker()));
          scene.denied(clients, probe.of(table, scene.victim()));
        });
  }

  /** As {@link #foreign}, for tables whose items say whose they are. */
  private static void foreignKey(ClientList list, String name, Probe probe) {
    tables(
        list,
        name,
        (scene, clients, table) -> {
          if (table.isPool()) {
            scene.sent(clients, probe.of(table, scene.attacker()));
            scene.denied(clients, probe.of(table, scene.victim()));
          }
        });
  }

  private static void items(ClientList list) {
    foreign(
        list,
        "GetItem of the victim's",
        (table, whose) ->
            GetItemRequest.builder().tableName(table.name(whose)).key(table.key(whose)).build());
    foreign(
        list,
        "PutItem of the victim's",
        (table, whose) ->
            PutItemRequest.builder().tableName(table.name(whose)).item(table.item(whose)).build());
    foreign(
        list,
        "DeleteItem of the victim's",
        (table, whose) ->
            DeleteItemRequest.builder().tableName(table.name(whose)).key(table.key(whose)).build());
    foreign(
        list,
        "UpdateItem of the victim's",
        (table, whose) -> update(table, whose, u -> u.updateExpression("SET note = :n")));
    tables(
        list,
        "GetItem of a tenant whose id begins with the attacker's",
        (scene, clients, table) -> {
          TenantId neighbour = TenantId.of(scene.attacker().value() + "2");
          if (table.isPool()) {
            scene.denied(
                clients,
                GetItemRequest.builder()
                    .tableName(table.name(scene.attacker()))
                    .key(table.key(neighbour))
                    .build());
          }
        });
  }

  static SdkRequest update(
      TableTarget table, TenantId whose, UnaryOperator<UpdateItemRequest.Builder> what) {
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .tableName(table.name(whose))
            .key(table.key(whose))
            .expressionAttributeValues(Map.of(":n", text("attack")));
    return what.apply(update).build();
  }

  private static void conditions(ClientList list) {
    query(list, "Query of the victim's", "#pk = :v");
    query(list, "Query of the victim's behind another condition", "#sk = :o AND #pk = :v");
    query(list, "Query of the victim's with the value first", ":v = #pk");
    query(list, "Query of the victim's over lines and tabs", "\n#pk\t=\n\t:v\r\nand #sk=:o");
    foreignKey(
        list,
        "Query with the names of the keys swapped",
        (table, whose) ->
            QueryRequest.builder()
                .tableName(table.name(whose))
                .keyConditionExpression("#pk = :o AND #sk = :v")
                .expressionAttributeNames(Map.of("#pk", "sk", "#sk", table.pk()))
                .expressionAttributeValues(Map.of(":o", text("x"), ":v", table.pk(whose)))
                .build());
    foreignKey(
        list,
        "Query with the victim's key by its name itself",
        (table, whose) ->
            QueryRequest.builder()
                .tableName(table.name(whose))
                .keyConditionExpression(table.pk() + " = :v")
                .expressionAttributeValues(Map.of(":v", table.pk(whose)))
                .build());
    foreignKey(
        list,
        "Query by legacy conditions",
        (table, whose) ->
            QueryRequest.builder()
                .tableName(table.name(whose))
                .keyConditions(
                    Map.of(
                        table.pk(),
                        Condition.builder()
                            .comparisonOperator(ComparisonOperator.EQ)
                            .attributeValueList(table.pk(whose))
                            .build()))
                .build());
  }

  private static void query(ClientList list, String name, String condition) {
    foreignKey(
        list,
        name,
        (table, whose) -> {
          Map<String, String> names = new HashMap<>(Map.of("#pk", table.pk()));
          Map<String, AttributeValue> values = new HashMap<>(Map.of(":v", table.pk(whose)));
          if (condition.contains("#sk")) {
            names.put("#sk", "sk");
            values.put(":o", text("x"));
          }
          return QueryRequest.builder()
              .tableName(table.name(whose))
              .keyConditionExpression(condition)
              .expressionAttributeNames(names)
              .expressionAttributeValues(values)
              .build();
        });
  }

  private static void many(ClientList list) {
    tables(
        list,
        "BatchGetItem of the attacker's and the victim's",
        (scene, clients, table) -> {
          scene.sent(clients, batchGet(table, List.of(scene.attacker())));
          scene.denied(clients, batchGet(table, List.of(scene.attacker(), scene.victim())));
        });
    tables(
        list,
        "BatchWriteItem puts the attacker's and the victim's",
        (scene, clients, table) -> {
          scene.sent(clients, batchPut(table, List.of(scene.attacker())));
          scene.denied(clients, batchPut(table, List.of(scene.attacker(), scene.victim())));
        });
    tables(
        list,
        "BatchWriteItem puts the attacker's and deletes the victim's",
        (scene, clients, table) -> {
          scene.sent(clients, batchDelete(table, scene.attacker(), scene.attacker()));
          scene.denied(clients, batchDelete(table, scene.attacker(), scene.victim()));
        });
  }

  private static SdkRequest batchGet(TableTarget table, List<TenantId> whose) {
    Map<String, List<Map<String, AttributeValue>>> keys = new HashMap<>();
    for (TenantId each : whose) {
      keys.computeIfAbsent(table.name(each), name -> new ArrayList<>()).add(table.key(each));
    }
    Map<String, KeysAndAttributes> items = new HashMap<>();
    keys.forEach((name, all) -> items.put(name, KeysAndAttributes.builder().keys(all).build()));
    return BatchGetItemRequest.builder().requestItems(items).build();
  }

  private static SdkRequest batchPut(TableTarget table, List<TenantId> whose) {
    Map<String, List<WriteRequest>> writes = new HashMap<>();
    for (TenantId each : whose) {
      writes
          .computeIfAbsent(table.name(each), name -> new ArrayList<>())
          .add(WriteRequest.builder().putRequest(p -> p.item(table.item(each))).build());
    }
    return BatchWriteItemRequest.builder().requestItems(writes).build();
  }

  private static SdkRequest batchDelete(TableTarget table, TenantId put, TenantId deleted) {
    Map<String, List<WriteRequest>> writes = new HashMap<>();
    writes
        .computeIfAbsent(table.name(put), name -> new ArrayList<>())
        .add(WriteRequest.builder().putRequest(p -> p.item(table.item(put))).build());
    writes
        .computeIfAbsent(table.name(deleted), name -> new ArrayList<>())
        .add(WriteRequest.builder().deleteRequest(d -> d.key(table.key(deleted))).build());
    return BatchWriteItemRequest.builder().requestItems(writes).build();
  }

  private static void transactions(ClientList list) {
    tables(
        list,
        "TransactGetItems of the attacker's and the victim's",
        (scene, clients, table) -> {
          scene.sent(clients, transactGet(table, List.of(scene.attacker())));
          scene.denied(clients, transactGet(table, List.of(scene.attacker(), scene.victim())));
        });
    transactWrite(
        list,
        "put",
        (table, whose) ->
            TransactWriteItem.builder()
                .put(p -> p.tableName(table.name(whose)).item(table.item(whose)))
                .build());
    transactWrite(
        list,
        "delete",
        (table, whose) ->
            TransactWriteItem.builder()
                .delete(d -> d.tableName(table.name(whose)).key(table.key(whose)))
                .build());
    transactWrite(
        list,
        "update",
        (table, whose) ->
            TransactWriteItem.builder()
                .update(
                    u ->
                        u.tableName(table.name(whose))
                            .key(table.key(whose))
                            .updateExpression("SET note = :n")
                            .expressionAttributeValues(Map.of(":n", text("attack"))))
                .build());
    transactWrite(
        list,
        "condition on",
        (table, whose) ->
            TransactWriteItem.builder()
                .conditionCheck(
                    c ->
                        c.tableName(table.name(whose))
                            .key(table.key(whose))
                            .conditionExpression("attribute_exists(note)"))
                .build());
  }

  private static SdkRequest transactGet(TableTarget table, List<TenantId> whose) {
    List<TransactGetItem> items = new ArrayList<>();
    for (TenantId each : whose) {
      items.add(
          TransactGetItem.builder()
              .get(g -> g.tableName(table.name(each)).key(table.key(each)))
              .build());
    }
    return TransactGetItemsRequest.builder().transactItems(items).build();
  }

  /** One action of a transaction. */
  @FunctionalInterface
  private interface Action {
    TransactWriteItem of(TableTarget table, TenantId whose);
  }

  private static void transactWrite(ClientList list, String action, Action item) {
    foreign(
        list,
        "TransactWriteItems with a " + action + " the victim's",
        (table, whose) ->
            TransactWriteItemsRequest.builder().transactItems(item.of(table, whose)).build());
  }
}
