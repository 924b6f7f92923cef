// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.powertools.tenancy.resource.TenantIndex;
import dev.powertools.tenancy.resource.TenantShared;
import dev.powertools.tenancy.resource.TenantTable;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

class DynamoDbRulesTest {

  @TenantTable(
      name = "orders",
      pk = "pk",
      format = "TENANT#{tenant}#*",
      indexes = {
        @TenantIndex(name = "gsi1", pk = "gsi1pk", format = "{tenant}"),
        @TenantIndex(name = "lsi1"),
        @TenantIndex(name = "by-day", pk = "day", global = true)
      })
  @TenantTable(name = "plain-${STAGE}", pk = "id", format = "{tenant}")
  @TenantTable(
      name = "arn:aws:dynamodb:us-east-1:111122223333:table/elsewhere",
      pk = "id",
      format = "{tenant}")
  @TenantTable(name = "silo-{tenant}", pk = "id")
  @TenantShared(
      service = "DynamoDb",
      resource = "catalogue",
      operations = {"GetItem", "Query", "Scan"})
  interface Isolation {}

  static final String OWN = "TENANT#acme#ORDER#1";
  static final String VICTIM = "TENANT#globex#ORDER#1";

  private final Asking dynamoDb = Asking.of(Isolation.class, "DynamoDb");

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static Map<String, AttributeValue> item(String... namesAndTexts) {
    Map<String, AttributeValue> item = new HashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      item.put(namesAndTexts[i], s(namesAndTexts[i + 1]));
    }
    return item;
  }

  static GetItemRequest.Builder get(AttributeValue pk) {
    return GetItemRequest.builder().tableName("orders").key(Map.of("pk", pk, "sk", s("x")));
  }

  static PutItemRequest.Builder put(String... namesAndTexts) {
    return PutItemRequest.builder().tableName("orders").item(item(namesAndTexts));
  }

  static QueryRequest.Builder query(String condition) {
    return QueryRequest.builder()
        .tableName("orders")
        .keyConditionExpression(condition)
        .expressionAttributeNames(Map.of("#pk", "pk", "#sk", "sk", "#g", "gsi1pk"))
        .expressionAttributeValues(
            Map.of(
                ":own", s(OWN),
                ":victim", s(VICTIM),
                ":acme", s("acme"),
                ":globex", s("globex"),
                ":bytes", AttributeValue.fromB(SdkBytes.fromUtf8String(OWN)),
                ":s", s("2026")));
  }

  static Condition condition(String operator, String... texts) {
    return Condition.builder()
        .comparisonOperator(operator)
        .attributeValueList(Stream.of(texts).map(DynamoDbRulesTest::s).toList())
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void allows_what_is_the_tenants(SdkRequest request) {
    dynamoDb.allows(request);
  }

  static Stream<Arguments> allows_what_is_the_tenants() {
    return Stream.of(
        row("get", get(s(OWN))),
        row(
            "get with all that is free",
            get(s(OWN))
                .consistentRead(true)
                .projectionExpression("#x")
                .expressionAttributeNames(Map.of("#x", "x"))
                .returnConsumedCapacity("TOTAL")),
        row("get, shortest key", get(s("TENANT#acme#"))),
        row("get by a closed format", get("plain-prod", "id", "acme")),
        row("get in a table of its own", get("silo-acme", "id", "anything")),
        row("get what is shared", get("catalogue", "id", "anything")),
        row(
            "get by ARN in the declared account and region",
            get("arn:aws:dynamodb:us-east-1:111122223333:table/elsewhere", "id", "acme")),
        row("put", put("pk", OWN, "sk", "x")),
        row("put into the index", put("pk", OWN, "gsi1pk", "acme")),
        row("put into a global index", put("pk", OWN, "day", "2026-11-21")),
        row(
            "put on a condition",
            put("pk", OWN)
                .conditionExpression("attribute_not_exists(pk)")
                .returnValuesOnConditionCheckFailure("ALL_OLD")),
        row("delete", DeleteItemRequest.builder().tableName("orders").key(item("pk", OWN))),
        row("query", query("pk = :own")),
        row("query, turned round", query(":own = pk")),
        row("query, alias", query("#pk = :own")),
        row("query, narrow", query("pk=:own AND sk>=:s")),
        row("query, narrow, other order", query("begins_with(sk, :s) and pk = :own")),
        row("query, between", query("pk = :own AND #sk BETWEEN :s AND :s")),
        row("query, all white space", query("\t(pk\n=\r\n:own)\fAnD (sk<:s)")),
        row("query, page", query("pk = :own").exclusiveStartKey(item("pk", OWN, "sk", "x"))),
        row("query, index", query("gsi1pk = :acme").indexName("gsi1")),
        row(
            "query, page of the index",
            query("#g = :acme")
                .indexName("gsi1")
                .exclusiveStartKey(item("pk", OWN, "sk", "x", "gsi1pk", "acme"))),
        row("query, local index", query("pk = :own").indexName("lsi1")),
        row(
            "query, filtered",
            query("pk = :own").filterExpression("other = :globex").limit(5).select("COUNT")),
        row(
            "query, older form",
            QueryRequest.builder()
                .tableName("orders")
                .keyConditions(Map.of("pk", condition("EQ", OWN), "sk", condition("GT", "1")))),
        row("query what is shared", query("pk = :globex").tableName("catalogue")),
        row("scan what is shared", ScanRequest.builder().tableName("catalogue")));
  }

  private static SdkRequest.Builder get(String table, String pk, String value) {
    return GetItemRequest.builder().tableName(table).key(item(pk, value));
  }

  private static Arguments row(String name, SdkRequest.Builder request) {
    return Arguments.of(Named.of(name, request.build()));
  }

  private static Arguments row(String name, String rule, SdkRequest.Builder request) {
    return Arguments.of(Named.of(name, request.build()), "dynamodb." + rule);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"reads", "writes", "queries", "others"})
  void denies(SdkRequest request, String rule) {
    dynamoDb.denies(request, rule);
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        row("get a foreign item", "key", get(s(VICTIM))),
        row("get of a tenant whose id begins alike", "key", get(s("TENANT#acme2#ORDER#1"))),
        row("get of a tenant whose id is longer", "key", get(s("TENANT#acme-2#ORDER#1"))),
        row("get without the separator", "key", get(s("TENANT#acme"))),
        row("get in other case", "key", get(s("tenant#acme#1"))),
        row("get with the tenant in other case", "key", get(s("TENANT#ACME#1"))),
        row("get with a space before", "key", get(s(" " + OWN))),
        row("get, closed format, more behind", "key", get("plain-prod", "id", "acme#")),
        row("get by bytes", "key", get(AttributeValue.fromB(SdkBytes.fromUtf8String(OWN)))),
        row("get by a number", "key", get(AttributeValue.fromN("1"))),
        row("get by a value of two types", "key", get(s(OWN).toBuilder().n("1").build())),
        row("get by nothing", "key", GetItemRequest.builder().tableName("orders")),
        row("get by another attribute", "key", get("orders", "id", OWN)),
        row("get with a foreign key of an index", "key", get("orders", "gsi1pk", "globex")),
        row("get from a table that is not declared", "table", get("customers", "pk", OWN)),
        row("get from no table", "table", GetItemRequest.builder().key(item("pk", OWN))),
        row("get from a table that begins alike", "table", get("orders2", "pk", OWN)),
        row("get from a table in other case", "table", get("Orders", "pk", OWN)),
        row("get from a foreign silo", "table", get("silo-globex", "id", "1")),
        row("get from a silo that begins alike", "table", get("silo-acme2", "id", "1")),
        row("get by the ARN of some account", "table", get(arn("eu-central-1", "9"), "pk", OWN)),
        row("get by the ARN of another region", "table", get(arn("us-east-1", "1"), "pk", OWN)),
        row(
            "get by the ARN of a stream",
            "table",
            get(arn("eu-central-1", "1") + "/stream/1", "pk", OWN)),
        row(
            "get by the declared table's name, without its account",
            "table",
            get("elsewhere", "id", "acme")),
        row(
            "get by ARN and a foreign key",
            "key",
            get("arn:aws:dynamodb:us-east-1:111122223333:table/elsewhere", "id", "globex")));
  }

  private static String arn(String region, String digit) {
    return "arn:aws:dynamodb:" + region + ":" + digit.repeat(12) + ":table/orders";
  }

  static Stream<Arguments> writes() {
    return Stream.of(
        row("put a foreign item", "item", put("pk", VICTIM)),
        row("put without its key", "item", put("sk", "x")),
        row("put nothing", "item", PutItemRequest.builder().tableName("orders")),
        row("put into a foreign index", "item", put("pk", OWN, "gsi1pk", "globex")),
        row("put into the index of one alike", "item", put("pk", OWN, "gsi1pk", "acme2")),
        row(
            "put bytes into the index",
            "item",
            PutItemRequest.builder()
                .tableName("orders")
                .item(
                    Map.of(
                        "pk", s(OWN),
                        "gsi1pk", AttributeValue.fromB(SdkBytes.fromUtf8String("globex"))))),
        row("put into what is shared", "table", put("pk", OWN).tableName("catalogue")),
        row(
            "delete a foreign item",
            "key",
            DeleteItemRequest.builder().tableName("orders").key(item("pk", VICTIM))));
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        row("query a foreign key", "condition", query("pk = :victim")),
        row("query, turned round", "condition", query(":victim = pk")),
        row("query behind the sort key", "condition", query("sk = :own AND pk = :victim")),
        row("query, lower-case and", "condition", query("sk = :own and pk = :victim")),
        row("query, white space", "condition", query("sk=:own\nAND\tpk\r=\f:victim")),
        row("query, aliases that are swapped", "condition", swapped()),
        row("query, an alias of the key", "condition", query("pk = :own AND #pk = :victim")),
        row("query, an alias without a name", "condition", query("#none = :own")),
        row("query, a value without a value", "condition", query("pk = :none")),
        row("query, bytes", "condition", query("pk = :bytes")),
        row("query, another attribute", "condition", query("sk = :own")),
        row("query, a range of keys", "condition", query("pk >= :own")),
        row("query, keys between", "condition", query("pk BETWEEN :own AND :victim")),
        row("query, keys that begin", "condition", query("begins_with(pk, :own)")),
        row("query, unequal", "condition", query("pk <> :own")),
        row("query, the key twice", "condition", query("pk = :own AND pk = :own")),
        row("query, or", "condition", query("pk = :own OR pk = :victim")),
        row("query, not", "condition", query("NOT pk = :own")),
        row("query, in", "condition", query("pk IN (:own, :victim)")),
        row("query, one attribute with another", "condition", query("pk = sk")),
        row("query, one value with another", "condition", query(":own = :own")),
        row("query, a path", "condition", query("pk.x = :own")),
        row("query, an element", "condition", query("pk[0] = :own")),
        row("query, an unfinished condition", "condition", query("pk = :own AND")),
        row("query, something behind", "condition", query("pk = :own pk = :victim")),
        row("query, a no-break space", "condition", query("pk\u00a0= :own")),
        row("query, a NUL", "condition", query("pk = :own\u0000")),
        row(
            "query, deep parentheses",
            "condition",
            query("(".repeat(40) + "pk = :own" + ")".repeat(40))),
        row("query, nothing", "condition", query("")),
        row("query, no condition", "condition", query("x").keyConditionExpression(null)),
        row(
            "query, older form",
            "condition",
            QueryRequest.builder()
                .tableName("orders")
                .keyConditions(Map.of("pk", condition("EQ", VICTIM)))),
        row(
            "query, older form, range",
            "condition",
            QueryRequest.builder()
                .tableName("orders")
                .keyConditions(Map.of("pk", condition("GE", OWN)))),
        row(
            "query, older form, two values",
            "condition",
            QueryRequest.builder()
                .tableName("orders")
                .keyConditions(Map.of("pk", condition("EQ", OWN, VICTIM)))),
        row(
            "query, older form, not the key",
            "condition",
            QueryRequest.builder()
                .tableName("orders")
                .keyConditions(Map.of("sk", condition("EQ", OWN)))),
        row(
            "query, older form beside the newer",
            "condition",
            query("pk = :own").keyConditions(Map.of("pk", condition("EQ", VICTIM)))),
        row("query, foreign index key", "condition", query("gsi1pk = :globex").indexName("gsi1")),
        row(
            "query, the table's key in the index",
            "condition",
            query("pk = :own").indexName("gsi1")),
        row("query, index that is not declared", "index", query("x = :own").indexName("gsi2")),
        row("query, global index", "index", query("day = :s").indexName("by-day")),
        row(
            "query, foreign page",
            "page_key",
            query("pk = :own").exclusiveStartKey(item("pk", VICTIM, "sk", "x"))),
        row(
            "query, page without its key",
            "page_key",
            query("pk = :own").exclusiveStartKey(item("sk", "x"))),
        row(
            "query, foreign page of the index",
            "page_key",
            query("gsi1pk = :acme")
                .indexName("gsi1")
                .exclusiveStartKey(item("pk", OWN, "gsi1pk", "globex"))),
        row(
            "query, page of the index without its key",
            "page_key",
            query("gsi1pk = :acme").indexName("gsi1").exclusiveStartKey(item("pk", OWN))));
  }

  private static QueryRequest.Builder swapped() {
    return query("#pk = :own AND #sk = :victim")
        .expressionAttributeNames(Map.of("#pk", "sk", "#sk", "pk"));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        row("scan", "operation", ScanRequest.builder().tableName("orders")),
        row(
            "scan, filtered to the tenant",
            "operation",
            ScanRequest.builder()
                .tableName("orders")
                .filterExpression("pk = :own")
                .expressionAttributeValues(Map.of(":own", s(OWN)))),
        row("scan of a silo", "operation", ScanRequest.builder().tableName("silo-acme")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void denies_responses_with_foreign_items(SdkRequest request, SdkResponse response) {
    Asking.requireDenied(
        catchThrowable(() -> dynamoDb.rules().checkResponse(dynamoDb.call(request), response)),
        "dynamodb.egress");
  }

  static Stream<Arguments> denies_responses_with_foreign_items() {
    return Stream.of(
        row("get", get(s(OWN)), GetItemResponse.builder().item(item("pk", VICTIM))),
        row(
            "get, by another type",
            get(s(OWN)),
            GetItemResponse.builder().item(Map.of("pk", AttributeValue.fromN("1")))),
        row(
            "put that replaced",
            put("pk", OWN).returnValues("ALL_OLD"),
            PutItemResponse.builder().attributes(item("pk", VICTIM))),
        row(
            "query, one of two",
            query("pk = :own"),
            QueryResponse.builder().items(List.of(item("pk", OWN), item("pk", VICTIM)))),
        row(
            "query, the page's end",
            query("pk = :own"),
            QueryResponse.builder().lastEvaluatedKey(item("pk", VICTIM))),
        row(
            "query, poisoned index",
            query("gsi1pk = :acme").indexName("gsi1"),
            QueryResponse.builder().items(List.of(item("pk", VICTIM, "gsi1pk", "acme")))),
        row(
            "query, foreign key of the index",
            query("gsi1pk = :acme").indexName("gsi1"),
            QueryResponse.builder().items(List.of(item("pk", OWN, "gsi1pk", "globex")))));
  }

  private static Arguments row(
      String name, SdkRequest.Builder request, SdkResponse.Builder response) {
    return Arguments.of(Named.of(name, request.build()), response.build());
  }

  @Test
  void allows_responses_with_the_tenants_items_and_those_that_do_not_say() {
    TenantCall call = dynamoDb.call(query("pk = :own").build());

    dynamoDb
        .rules()
        .checkResponse(
            call,
            QueryResponse.builder().items(List.of(item("pk", OWN), item("name", "x"))).build());
    dynamoDb
        .rules()
        .checkResponse(
            dynamoDb.call(ScanRequest.builder().tableName("catalogue").build()),
            ScanResponse.builder().items(List.of(item("pk", VICTIM))).build());
  }

  @Test
  void denies_members_that_no_rule_names() {
    SdkRequest request =
        HandMade.Kind.of("TableName", "Key", "Shard")
            .builder()
            .with("TableName", "orders")
            .with("Key", item("pk", OWN))
            .with("Shard", "7")
            .build();

    Throwable thrown =
        catchThrowable(
            () ->
                dynamoDb
                    .rules()
                    .check(new TenantCall("DynamoDb", "GetItem", request, Asking.ACME, null)));

    Asking.requireDenied(thrown, "dynamodb.field");
    assertThat(thrown).hasMessageContaining("Shard").hasMessageNotContaining("7");
  }

  @Nested
  class On_the_wire {

    private final TenantCall call = dynamoDb.call(get(s(OWN)).build());

    private SdkHttpRequest.Builder post() {
      return SdkHttpRequest.builder()
          .method(SdkHttpMethod.POST)
          .uri(URI.create("https://dynamodb.eu-central-1.amazonaws.com/"))
          .putHeader("X-Amz-Target", "DynamoDB_20120810.GetItem");
    }

    @Test
    void allows_the_operation_that_was_checked() {
      dynamoDb.rules().checkWire(call, post().build());
      dynamoDb.rules().checkWire(call, post().encodedPath("").build());
    }

    @Test
    void denies_anything_else() {
      String target = "DynamoDB_20120810.GetItem";
      denied(post().putHeader("X-Amz-Target", "DynamoDB_20120810.Scan"));
      denied(post().removeHeader("X-Amz-Target"));
      denied(post().putHeader("X-Amz-Target", List.of(target, target)));
      denied(post().appendHeader("x-amz-target", "DynamoDB_20120810.Scan"));
      denied(post().putHeader("X-Amz-Target", "DynamoDBStreams_20120810.GetItem"));
      denied(post().method(SdkHttpMethod.GET));
      denied(post().encodedPath("/other"));
      denied(post().putRawQueryParameter("Action", "Scan"));
    }

    private void denied(SdkHttpRequest.Builder wire) {
      Asking.requireDenied(
          catchThrowable(() -> dynamoDb.rules().checkWire(call, wire.build())), "dynamodb.wire");
    }
  }
}
