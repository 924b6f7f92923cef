// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.tenancy.aws.TableVerifier;
import dev.powertools.tenancy.resource.TenantIndex;
import dev.powertools.tenancy.resource.TenantTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The declarations of tenants' tables, compared with tables that there are. */
@ExtendWith(Tables.Extension.class)
class TenantTablesTest {

  // region verified
  @TenantTable(
      name = "tenant-orders",
      pk = "pk",
      format = "TENANT#{tenant}#*",
      indexes = @TenantIndex(name = "gsi1", pk = "gsi1pk", format = "{tenant}"))
  interface OrdersIsolation {}

  @Test
  void tables_are_what_is_declared_of_them(Tables tables) {
    TableVerifier.verify(OrdersIsolation.class, tables.client());
  }

  // endregion

  @TenantTable(name = "tenant-orders", pk = "id", format = "TENANT#{tenant}#*")
  private interface Otherwise {}

  @TenantTable(name = "tenant-nothing", pk = "id", format = "TENANT#{tenant}#*")
  private interface Missing {}

  @BeforeEach
  void create(Tables tables) {
    DynamoDbClient client = tables.client();
    try {
      client.createTable(
          r ->
              r.tableName("tenant-orders")
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(hash("pk"))
                  .attributeDefinitions(text("pk"), text("gsi1pk"))
                  .globalSecondaryIndexes(
                      GlobalSecondaryIndex.builder()
                          .indexName("gsi1")
                          .keySchema(hash("gsi1pk"))
                          .projection(p -> p.projectionType(ProjectionType.ALL))
                          .build()));
    } catch (ResourceInUseException e) {
      // another test of this class made it
    }
  }

  private static KeySchemaElement hash(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  @Test
  void differences_are_found(Tables tables) {
    assertThatThrownBy(() -> TableVerifier.verify(Otherwise.class, tables.client()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has the partition key pk, and is declared with id")
        .hasMessageContaining("The index gsi1 of the table tenant-orders is not declared");
  }

  @Test
  void a_table_that_is_missing_is_found(Tables tables) {
    assertThatThrownBy(() -> TableVerifier.verify(Missing.class, tables.client()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("There is no table tenant-nothing");
  }
}
