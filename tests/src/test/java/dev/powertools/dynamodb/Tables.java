// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import dev.powertools.local.dynamodb.LocalDynamoDb;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
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

/** One DynamoDB Local for all tests of a run, as a parameter; each test makes tables of its own. */
final class Tables implements AutoCloseable {

  /** Filled by the module of that name, and on no class path. */
  private static final Path JARS = Path.of("../dynamodb-local/target/jars");

  private final LocalDynamoDb dynamoDb = LocalDynamoDb.from(JARS);
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
          .httpClient(UrlConnectionHttpClient.create())
          .endpointOverride(dynamoDb.endpoint())
          .build();

  static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Tables.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Tables.class))
          .computeIfAbsent(Tables.class, type -> new Tables(), Tables.class);
    }
  }

  URI endpoint() {
    return dynamoDb.endpoint();
  }

  DynamoDbClient client() {
    return client;
  }

  /**
   * A new table with the partition key {@code id}. It forgets nothing: DynamoDB Local would, by the
   * machine's clock, what is long over by a test's.
   */
  String create() {
    return create("id", ScalarAttributeType.S);
  }

  /** A new table. */
  String create(String partitionKey, ScalarAttributeType type, String... sortKey) {
    String table = "claims-" + UUID.randomUUID();
    List<KeySchemaElement> keys = new ArrayList<>();
    List<AttributeDefinition> types = new ArrayList<>();
    keys.add(KeySchemaElement.builder().attributeName(partitionKey).keyType(KeyType.HASH).build());
    types.add(
        AttributeDefinition.builder().attributeName(partitionKey).attributeType(type).build());
    for (String name : sortKey) {
      keys.add(KeySchemaElement.builder().attributeName(name).keyType(KeyType.RANGE).build());
      types.add(
          AttributeDefinition.builder()
              .attributeName(name)
              .attributeType(ScalarAttributeType.S)
              .build());
    }
    client.createTable(
        r ->
            r.tableName(table)
                .keySchema(keys)
                .attributeDefinitions(types)
                .billingMode(BillingMode.PAY_PER_REQUEST));
    return table;
  }

  void expiring(String table, String attribute) {
    client.updateTimeToLive(
        r ->
            r.tableName(table)
                .timeToLiveSpecification(t -> t.attributeName(attribute).enabled(true)));
  }

  @Override
  public void close() {
    client.close();
    dynamoDb.close();
  }
}
