// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import dev.powertools.local.dynamodb.LocalDynamoDb;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The table, on DynamoDB Local: one for all tests of a run. */
final class NotesTable implements AutoCloseable {

  private final LocalDynamoDb dynamoDb =
      LocalDynamoDb.from(Path.of("../../dynamodb-local/target/jars"));
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
      return parameter.getParameter().getType() == NotesTable.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(NotesTable.class))
          .computeIfAbsent(NotesTable.class, type -> new NotesTable(), NotesTable.class);
    }
  }

  URI endpoint() {
    return dynamoDb.endpoint();
  }

  /** Begins with an empty table. */
  void clear() {
    try {
      client.deleteTable(delete -> delete.tableName(Notes.TABLE));
    } catch (ResourceNotFoundException e) {
      // the first test
    }
    client.createTable(
        create ->
            create
                .tableName(Notes.TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("tenant", KeyType.HASH), key("id", KeyType.RANGE))
                .attributeDefinitions(text("tenant"), text("id")));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  /** Whose notes there are. */
  List<String> owners() {
    return client.scan(scan -> scan.tableName(Notes.TABLE)).items().stream()
        .map(item -> item.get("tenant").s())
        .toList();
  }

  @Override
  public void close() {
    client.close();
    dynamoDb.close();
  }
}
