// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.local.dynamodb.LocalDynamoDb;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** DynamoDB Local over plain HTTP, and an empty table of its own for each start of a function. */
final class Tables implements AutoCloseable {

  private static final String TABLE = "POWERTOOLS_IDEMPOTENCY_TABLE";

  private final LocalDynamoDb dynamoDb =
      LocalDynamoDb.from(Path.of("../dynamodb-local/target/jars"));
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
          .httpClient(UrlConnectionHttpClient.create())
          .endpointOverride(dynamoDb.endpoint())
          .build();

  /** What tells a function where its new table is. */
  Map<String, String> environment() {
    String table = "claims-" + UUID.randomUUID();
    client.createTable(
        t ->
            t.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
    return Map.of(
        TABLE,
        table,
        "AWS_ENDPOINT_URL_DYNAMODB",
        dynamoDb.endpoint().toString(),
        "AWS_ACCESS_KEY_ID",
        "local",
        "AWS_SECRET_ACCESS_KEY",
        "local");
  }

  /** Whether a function that was told of its table has completed its work there. */
  boolean isCompleted(Map<String, String> environment) {
    return client.scan(s -> s.tableName(environment.get(TABLE))).items().stream()
        .anyMatch(item -> item.get("status").s().equals("COMPLETED"));
  }

  @Override
  public void close() {
    client.close();
    dynamoDb.close();
  }
}
