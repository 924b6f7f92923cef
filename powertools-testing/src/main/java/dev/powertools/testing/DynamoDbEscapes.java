// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static dev.powertools.testing.TableTarget.text;
import static dev.powertools.testing.TableTarget.value;

import dev.powertools.local.aws.AwsAnswer;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.resource.DeclaredIndex;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/** Requests to DynamoDB that are no tenant's to make, whosever items they name. */
final class DynamoDbEscapes {

  private static final String ARN = "arn:aws:dynamodb:us-east-1:999999999999:table/";

  private DynamoDbEscapes() {}

  /** A request that is always denied. */
  @FunctionalInterface
  private interface Request {
    SdkRequest of(TableTarget table, TenantId attacker, TenantId victim);
  }

  static void addTo(ClientList list) {
    scans(list);
    statements(list);
    control(list);
    keys(list);
    conditions(list);
    updates(list);
    places(list);
    answers(list);
  }

  private static void never(ClientList list, String name, Request request) {
    DynamoDbAttacks.tables(
        list,
        name,
        (scene, clients, table) ->
            scene.denied(clients, request.of(table, scene.attacker(), scene.victim())));
  }

  /** As {@link #never}, for tables whose items say whose they are. */
  private static void neverInPool(ClientList list, String name, Request request) {
    DynamoDbAttacks.tables(
        list,
        name,
        (scene, clients, table) -> {
          if (table.isPool()) {
            scene.denied(clients, request.of(table, scene.attacker(), scene.victim()));
          }
        });
  }

  private static void scans(ClientList list) {
    never(list, "Scan", (table, own, victim) -> scan(table, own).build());
    never(
        list,
        "Scan with a filter on the attacker's own key",
        (table, own, victim) ->
            scan(table, own)
                .filterExpression("#pk = :v")
                .expressionAttributeNames(Map.of("#pk", table.pk()))
                .expressionAttributeValues(Map.of(":v", table.pk(own)))
                .build());
    never(
        list,
        "Scan in segments",
        (table, own, victim) -> scan(table, own).segment(0).totalSegments(2).build());
  }

  private static ScanRequest.Builder scan(TableTarget table, TenantId own) {
    return ScanRequest.builder().tableName(table.name(own));
  }

  private static void statements(ClientList list) {
    never(
        list,
        "ExecuteStatement",
        (table, own, victim) ->
            ExecuteStatementRequest.builder()
                .statement(select(table, victim))
                .parameters(table.pk(victim))
                .build());
    never(
        list,
        "ExecuteStatement for the attacker's own",
        (table, own, victim) ->
            ExecuteStatementRequest.builder()
                .statement(select(table, own))
                .parameters(table.pk(own))
                .build());
    never(
        list,
        "BatchExecuteStatement",
        (table, own, victim) ->
            BatchExecuteStatementRequest.builder()
                .statements(
                    BatchStatementRequest.builder()
                        .statement(select(table, victim))
                        .parameters(table.pk(victim))
                        .build())
                .build());
    never(
        list,
        "ExecuteTransaction",
        (table, own, victim) ->
            ExecuteTransactionRequest.builder()
                .transactStatements(
                    ParameterizedStatement.builder()
                        .statement(select(table, victim))
                        .parameters(table.pk(victim))
                        .build())
                .build());
  }

  private static String select(TableTarget table, TenantId whose) {
    return "SELECT * FROM \"" + table.name(whose) + "\" WHERE \"" + table.pk() + "\" = ?";
  }

  private static void control(ClientList list) {
    never(list, "ListTables", (table, own, victim) -> ListTablesRequest.builder().build());
    never(
        list,
        "DescribeTable",
        (table, own, victim) -> DescribeTableRequest.builder().tableName(table.name(own)).build());
    never(
        list,
        "DeleteTable",
        (table, own, victim) -> DeleteTableRequest.builder().tableName(table.name(own)).build());
    never(
        list,
        "CreateTable",
        (table, own, victim) -> CreateTableRequest.builder().tableName(table.name(own)).build());
    never(
        list,
        "UpdateTable",
        (table, own, victim) ->
            UpdateTableRequest.builder()
                .tableName(table.name(own))
                .deletionProtectionEnabled(false)
                .build());
    never(
        list,
        "UpdateTimeToLive",
        (table, own, victim) ->
            UpdateTimeToLiveRequest.builder()
                .tableName(table.name(own))
                .timeToLiveSpecification(t -> t.enabled(true).attributeName(table.pk()))
                .build());
    never(
        list,
        "CreateBackup",
        (table, own, victim) ->
            CreateBackupRequest.builder().tableName(table.name(own)).backupName("b").build());
    never(
        list,
        "ExportTableToPointInTime",
        (table, own, victim) ->
            ExportTableToPointInTimeRequest.builder()
                .tableArn(ARN + table.name(own))
                .s3Bucket("attackers")
                .build());
    never(
        list,
        "RestoreTableToPointInTime",
        (table, own, victim) ->
            RestoreTableToPointInTimeRequest.builder()
                .sourceTableName(table.name(own))
                .targetTableName("attackers")
                .build());
    never(
        list,
        "PutResourcePolicy",
        (table, own, victim) ->
            PutResourcePolicyRequest.builder()
                .resourceArn(ARN + table.name(own))
                .policy("{}")
                .build());
  }

  private static void keys(ClientList list) {
    key(list, "bytes", (table, victim) -> AttributeValue.fromB(bytes(table.value(victim))));
    key(list, "a number", (table, victim) -> AttributeValue.fromN("1"));
    key(list, "null", (table, victim) -> AttributeValue.fromNul(true));
    key(list, "a set", (table, victim) -> AttributeValue.fromSs(List.of(table.value(victim))));
    key(list, "a list", (table, victim) -> AttributeValue.fromL(List.of(table.pk(victim))));
    neverInPool(
        list,
        "GetItem without the key of the partition",
        (table, own, victim) ->
            GetItemRequest.builder()
                .tableName(table.name(own))
                .key(Map.of("not-" + table.pk(), table.pk(own)))
                .build());
  }

  /** A value of a key. */
  @FunctionalInterface
  private interface Value {
    AttributeValue of(TableTarget table, TenantId victim);
  }

  private static void key(ClientList list, String name, Value value) {
    neverInPool(
        list,
        "GetItem by a key that is " + name,
        (table, own, victim) ->
            GetItemRequest.builder()
                .tableName(table.name(own))
                .key(Map.of(table.pk(), value.of(table, victim)))
                .build());
  }

  private static SdkBytes bytes(String text) {
    return SdkBytes.fromString(text, StandardCharsets.UTF_8);
  }

  private static void conditions(ClientList list) {
    condition(list, "Query of both by OR", "#pk = :o OR #pk = :v");
    condition(list, "Query of both in brackets", "(#pk = :o) OR (#pk = :v)");
    condition(list, "Query with two keys", "#pk = :o AND #pk = :v");
    condition(list, "Query of a range of partitions", "#pk BETWEEN :o AND :v");
    condition(list, "Query of partitions that begin so", "begins_with(#pk, :o)");
    condition(list, "Query of all but the attacker's partition", "#pk <> :o");
    condition(list, "Query of partitions behind the attacker's", "#pk >= :o");
    condition(list, "Query of a list of partitions", "#pk IN (:o, :v)");
    condition(list, "Query without the partition", "#sk = :o");
    condition(list, "Query with a condition that ends early", "#pk = :o AND");
    neverInPool(
        list,
        "Query without any condition",
        (table, own, victim) -> QueryRequest.builder().tableName(table.name(own)).build());
    neverInPool(
        list,
        "Query of the attacker's that goes on behind the victim's item",
        (table, own, victim) ->
            query(table, own, victim, "#pk = :o").exclusiveStartKey(table.key(victim)).build());
  }

  private static void condition(ClientList list, String name, String condition) {
    neverInPool(list, name, (table, own, victim) -> query(table, own, victim, condition).build());
  }

  private static QueryRequest.Builder query(
      TableTarget table, TenantId own, TenantId victim, String condition) {
    return QueryRequest.builder()
        .tableName(table.name(own))
        .keyConditionExpression(condition)
        .expressionAttributeNames(Map.of("#pk", table.pk(), "#sk", "sk"))
        .expressionAttributeValues(Map.of(":o", table.pk(own), ":v", table.pk(victim)));
  }

  private static void updates(ClientList list) {
    for (String update :
        List.of(
            "REMOVE #k",
            "ADD #k :v",
            "DELETE #k :v",
            "SET #k = if_not_exists(#k, :v)",
            "SET #k = list_append(#k, :v)",
            "SET #k = note",
            "SET #k = :o + :v",
            "SET #k.note = :v",
            "SET note = :o, #k = :v",
            "SET note = :o REMOVE #k")) {
      DynamoDbAttacks.tables(
          list,
          "UpdateItem of an index's key by " + update,
          (scene, clients, table) -> {
            for (DeclaredIndex index : table.indexes()) {
              scene.denied(clients, update(table, index, scene, update));
            }
          });
    }
  }

  private static SdkRequest update(
      TableTarget table, DeclaredIndex index, ClientScene scene, String update) {
    return DynamoDbAttacks.update(
        table,
        scene.attacker(),
        u ->
            u.updateExpression(update)
                .expressionAttributeNames(Map.of("#k", index.pk()))
                .expressionAttributeValues(
                    Map.of(
                        ":o", text(value(index.format(), scene.attacker())),
                        ":v", text(value(index.format(), scene.victim())))));
  }

  private static void places(ClientList list) {
    never(
        list,
        "GetItem of a table that is not declared",
        (table, own, victim) ->
            GetItemRequest.builder().tableName("not-declared").key(table.key(own)).build());
    never(
        list,
        "GetItem of the victim's by the table's ARN",
        (table, own, victim) ->
            GetItemRequest.builder()
                .tableName(ARN + table.name(victim).replaceFirst(".*/", ""))
                .key(table.key(victim))
                .build());
    never(
        list,
        "Query of an index that is not declared",
        (table, own, victim) ->
            query(table, own, victim, "#pk = :o").indexName("not-declared").build());
  }

  private static void answers(ClientList list) {
    DynamoDbAttacks.tables(
        list,
        "the victim's item in the answer to a Query of the attacker's",
        (scene, clients, table) -> {
          if (!table.isPool()) {
            return;
          }
          String item = "{\"" + table.pk() + "\":{\"S\":\"" + table.value(scene.victim()) + "\"}}";
          scene
              .functions()
              .aws()
              .on("dynamodb", "Query")
              .answer(AwsAnswer.json(200, "{\"Count\":1,\"Items\":[" + item + "]}"));
          SdkRequest own =
              query(table, scene.attacker(), scene.victim(), "#pk = :o")
                  .expressionAttributeNames(Map.of("#pk", table.pk()))
                  .expressionAttributeValues(Map.of(":o", table.pk(scene.attacker())))
                  .build();
          scene.deniedAfterwards(clients, own);
        });
  }
}
