// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import static dev.powertools.tenancy.aws.rules.DynamoDbRulesTest.OWN;
import static dev.powertools.tenancy.aws.rules.DynamoDbRulesTest.VICTIM;
import static dev.powertools.tenancy.aws.rules.DynamoDbRulesTest.item;
import static dev.powertools.tenancy.aws.rules.DynamoDbRulesTest.s;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Updates, batches and transactions. */
class DynamoDbWritesTest {

  private final Asking dynamoDb = Asking.of(DynamoDbRulesTest.Isolation.class, "DynamoDb");

  private static UpdateItemRequest.Builder update(String expression) {
    return UpdateItemRequest.builder()
        .tableName("orders")
        .key(item("pk", OWN, "sk", "x"))
        .updateExpression(expression)
        .expressionAttributeNames(Map.of("#g", "gsi1pk", "#n", "name", "#pk", "pk"))
        .expressionAttributeValues(
            Map.of(
                ":acme", s("acme"),
                ":globex", s("globex"),
                ":one", AttributeValue.fromN("1"),
                ":list", AttributeValue.fromSs(List.of("globex"))));
  }

  private static UpdateItemRequest.Builder older(String attribute, AttributeValueUpdate change) {
    return UpdateItemRequest.builder()
        .tableName("orders")
        .key(item("pk", OWN))
        .attributeUpdates(Map.of(attribute, change));
  }

  private static AttributeValueUpdate change(String action, AttributeValue value) {
    return AttributeValueUpdate.builder().action(action).value(value).build();
  }

  private static KeysAndAttributes keys(String... pks) {
    return KeysAndAttributes.builder()
        .keys(Stream.of(pks).map(pk -> item("pk", pk)).toList())
        .build();
  }

  private static WriteRequest putInto(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(r -> r.item(item)).build();
  }

  private static WriteRequest deleteOf(Map<String, AttributeValue> key) {
    return WriteRequest.builder().deleteRequest(r -> r.key(key)).build();
  }

  private static BatchWriteItemRequest.Builder writes(String table, WriteRequest... writes) {
    Map<String, List<WriteRequest>> all = new HashMap<>();
    all.put("orders", List.of(putInto(item("pk", OWN))));
    all.put(table, List.of(writes));
    return BatchWriteItemRequest.builder().requestItems(all);
  }

  private static TransactGetItem get(String table, String pk, String value) {
    return TransactGetItem.builder().get(g -> g.tableName(table).key(item(pk, value))).build();
  }

  private static TransactWriteItemsRequest.Builder write(
      Consumer<TransactWriteItem.Builder> action) {
    return TransactWriteItemsRequest.builder()
        .transactItems(
            TransactWriteItem.builder()
                .put(p -> p.tableName("orders").item(item("pk", OWN)))
                .build(),
            TransactWriteItem.builder().applyMutation(action).build());
  }

  private static Arguments row(String name, SdkRequest.Builder request) {
    return Arguments.of(Named.of(name, request.build()));
  }

  private static Arguments row(String name, String rule, SdkRequest.Builder request) {
    return Arguments.of(Named.of(name, request.build()), "dynamodb." + rule);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void allows_what_is_the_tenants(SdkRequest request) {
    dynamoDb.allows(request);
  }

  static Stream<Arguments> allows_what_is_the_tenants() {
    return Stream.of(
        row("update", update("SET #n = :globex")),
        row("update of a path", update("set a.b[1].#g = :globex, c = list_append(d, :list)")),
        row(
            "update of all kinds",
            update("SET n = n + :one REMOVE x, y[0] ADD z :one DELETE w :list")),
        row("update with calls", update("SET a = if_not_exists(a, :one) - (b + :one)")),
        row("update of the index", update("SET gsi1pk = :acme, n = :globex")),
        row("update of the index by alias", update("SET #g=:acme")),
        row("update of a global index", update("SET day = :globex")),
        row("update of nothing", update("x").updateExpression(null)),
        row("update, older form", older("name", change("ADD", s("globex")))),
        row("update of the index, older form", older("gsi1pk", change("PUT", s("acme")))),
        row("update of the index, oldest form", older("gsi1pk", change(null, s("acme")))),
        row(
            "update of a silo",
            UpdateItemRequest.builder().tableName("silo-acme").key(item("id", "1"))),
        row("batch get", BatchGetItemRequest.builder().requestItems(Map.of("orders", keys(OWN)))),
        row("batch write", writes("plain-prod", deleteOf(item("id", "acme")))),
        row(
            "transaction that gets",
            TransactGetItemsRequest.builder()
                .transactItems(get("orders", "pk", OWN), get("silo-acme", "id", "1"))),
        row(
            "transaction that writes",
            write(
                    w ->
                        w.update(
                            u ->
                                u.tableName("orders")
                                    .key(item("pk", OWN))
                                    .updateExpression("SET a = b")))
                .clientRequestToken("x")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"updates", "batches", "transactions", "operations"})
  void denies(SdkRequest request, String rule) {
    dynamoDb.denies(request, rule);
  }

  static Stream<Arguments> updates() {
    return Stream.of(
        row("update of a foreign item", "key", update("SET a = :one").key(item("pk", VICTIM))),
        row(
            "update of a key in a foreign index",
            "key",
            update("SET a = :one").key(item("pk", OWN, "gsi1pk", "globex"))),
        row("update into a foreign index", "update", update("SET gsi1pk = :globex")),
        row("update by alias", "update", update("SET #g = :globex")),
        row("update behind another", "update", update("SET a = :one, gsi1pk = :globex")),
        row("update in the second clause", "update", update("REMOVE a SET gsi1pk=:globex")),
        row("update in lower case", "update", update("set a = :one\nset\t#g=:globex")),
        row("update by white space", "update", update("SET\n#g\t=\r:globex")),
        row("remove", "update", update("REMOVE gsi1pk")),
        row("remove by alias", "update", update("REMOVE a, #g")),
        row("add", "update", update("ADD gsi1pk :list")),
        row("delete", "update", update("DELETE #g :list")),
        row("set to another attribute", "update", update("SET gsi1pk = a")),
        row("set to a sum", "update", update("SET gsi1pk = :acme + :one")),
        row("set in parentheses", "update", update("SET gsi1pk = (:acme)")),
        row("set unless it is", "update", update("SET gsi1pk = if_not_exists(a, :acme)")),
        row("set to a list", "update", update("SET gsi1pk = list_append(:acme, :globex)")),
        row("set of a part", "update", update("SET gsi1pk.a = :acme")),
        row("set of an element", "update", update("SET #g[0] = :acme")),
        row("set by another type", "update", update("SET gsi1pk = :list")),
        row("set to no value", "update", update("SET gsi1pk = :none")),
        row("read of it", "update", update("SET a = gsi1pk")),
        row("set of the key", "update", update("SET #pk = :globex")),
        row("an alias without a name", "update", update("SET #none = :globex")),
        row("an alias in a path without a name", "update", update("SET a.#none = :globex")),
        row("an unknown clause", "update", update("PUT a :one")),
        row("an unknown call", "update", update("SET a = concat(a, :one)")),
        row("an empty expression", "update", update(" ")),
        row("an unfinished one", "update", update("SET a =")),
        row("two without a comma", "update", update("SET a = :one gsi1pk = :globex")),
        row("a comment", "update", update("SET a = :one -- x")),
        row("a string", "update", update("SET a = 'globex'")),
        row("deep parentheses", "update", update("SET a = " + "(".repeat(99) + ":one")),
        row("older form", "update", older("gsi1pk", change("PUT", s("globex")))),
        row("oldest form", "update", older("gsi1pk", change(null, s("globex")))),
        row("older form, delete", "update", older("gsi1pk", change("DELETE", s("acme")))),
        row("older form, add", "update", older("gsi1pk", change("ADD", s("acme")))),
        row("older form, no value", "update", older("gsi1pk", change("PUT", null))),
        row(
            "older form beside the newer",
            "update",
            update("SET a = :one").attributeUpdates(Map.of("gsi1pk", change("PUT", s("globex"))))));
  }

  static Stream<Arguments> batches() {
    return Stream.of(
        row(
            "batch get, one of two",
            "key",
            BatchGetItemRequest.builder().requestItems(Map.of("orders", keys(OWN, VICTIM)))),
        row(
            "batch get, second table",
            "key",
            BatchGetItemRequest.builder()
                .requestItems(Map.of("orders", keys(OWN), "plain-prod", keys("globex")))),
        row(
            "batch get, unknown table",
            "table",
            BatchGetItemRequest.builder()
                .requestItems(Map.of("orders", keys(OWN), "customers", keys(OWN)))),
        row(
            "batch get of what is shared for others",
            "table",
            BatchGetItemRequest.builder().requestItems(Map.of("catalogue", keys("x")))),
        row(
            "batch write, foreign delete in the second table",
            "key",
            writes("plain-prod", deleteOf(item("id", "globex")))),
        row(
            "batch write, foreign put",
            "item",
            writes("plain-prod", putInto(item("id", "globex")))),
        row(
            "batch write into a foreign index",
            "item",
            writes("orders", putInto(item("pk", OWN, "gsi1pk", "globex")))),
        row("batch write, unknown table", "table", writes("customers", putInto(item("pk", OWN)))));
  }

  static Stream<Arguments> transactions() {
    return Stream.of(
        row(
            "transaction that gets, mixed",
            "key",
            TransactGetItemsRequest.builder()
                .transactItems(get("orders", "pk", OWN), get("orders", "pk", VICTIM))),
        row(
            "transaction that gets from another table",
            "table",
            TransactGetItemsRequest.builder().transactItems(get("silo-globex", "id", "1"))),
        row("put", "item", write(w -> w.put(p -> p.tableName("orders").item(item("pk", VICTIM))))),
        row(
            "put into a foreign index",
            "item",
            write(
                w -> w.put(p -> p.tableName("orders").item(item("pk", OWN, "gsi1pk", "globex"))))),
        row(
            "delete",
            "key",
            write(w -> w.delete(d -> d.tableName("orders").key(item("pk", VICTIM))))),
        row(
            "update",
            "key",
            write(
                w ->
                    w.update(
                        u ->
                            u.tableName("orders")
                                .key(item("pk", VICTIM))
                                .updateExpression("SET a = b")))),
        row(
            "update into a foreign index",
            "update",
            write(
                w ->
                    w.update(
                        u ->
                            u.tableName("orders")
                                .key(item("pk", OWN))
                                .updateExpression("SET gsi1pk = :g")
                                .expressionAttributeValues(Map.of(":g", s("globex")))))),
        row(
            "condition check on a foreign item, which would tell that it is there",
            "key",
            write(
                w ->
                    w.conditionCheck(
                        c ->
                            c.tableName("orders")
                                .key(item("pk", VICTIM))
                                .conditionExpression("attribute_exists(pk)")))),
        row(
            "two actions in one, the second foreign",
            "key",
            write(
                w ->
                    w.put(p -> p.tableName("orders").item(item("pk", OWN)))
                        .delete(d -> d.tableName("orders").key(item("pk", VICTIM))))));
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        row("PartiQL", "operation", ExecuteStatementRequest.builder().statement("SELECT 1")),
        row("PartiQL, batch", "operation", BatchExecuteStatementRequest.builder()),
        row("PartiQL, transaction", "operation", ExecuteTransactionRequest.builder()),
        row("delete table", "operation", DeleteTableRequest.builder().tableName("orders")),
        row("update table", "operation", UpdateTableRequest.builder().tableName("orders")),
        row("describe table", "operation", DescribeTableRequest.builder().tableName("orders")),
        row("export", "operation", ExportTableToPointInTimeRequest.builder()),
        row("restore", "operation", RestoreTableFromBackupRequest.builder()));
  }

  @Test
  void checks_what_batches_and_transactions_return() {
    SdkRequest batch =
        BatchGetItemRequest.builder().requestItems(Map.of("orders", keys(OWN))).build();
    SdkRequest transaction =
        TransactGetItemsRequest.builder()
            .transactItems(get("silo-acme", "id", "1"), get("orders", "pk", OWN))
            .build();

    assertThatCode(
            () -> {
              returned(batch, Map.of("orders", List.of(item("pk", OWN))));
              returned(
                  transaction,
                  List.of(item("pk", VICTIM), item("pk", OWN))); // the first is a silo's
            })
        .doesNotThrowAnyException();
    denied(() -> returned(batch, Map.of("orders", List.of(item("pk", OWN), item("pk", VICTIM)))));
    denied(() -> returned(transaction, List.of(item("pk", OWN), item("pk", VICTIM))));
    denied(() -> returned(transaction, List.of(item(), item(), item())));
  }

  private static void denied(org.assertj.core.api.ThrowableAssert.ThrowingCallable check) {
    Asking.requireDenied(catchThrowable(check), "dynamodb.egress");
  }

  private void returned(
      SdkRequest request, Map<String, List<Map<String, AttributeValue>>> responses) {
    dynamoDb
        .rules()
        .checkResponse(
            dynamoDb.call(request), BatchGetItemResponse.builder().responses(responses).build());
  }

  private void returned(SdkRequest request, List<Map<String, AttributeValue>> items) {
    dynamoDb
        .rules()
        .checkResponse(
            dynamoDb.call(request),
            TransactGetItemsResponse.builder()
                .responses(
                    items.stream().map(item -> ItemResponse.builder().item(item).build()).toList())
                .build());
  }
}
