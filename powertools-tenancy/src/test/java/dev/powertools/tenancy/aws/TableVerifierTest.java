// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.internal.LibraryCall;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.resource.TenantIndex;
import dev.powertools.tenancy.resource.TenantTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class TableVerifierTest {

  @TenantTable(
      name = "orders",
      pk = "pk",
      format = "TENANT#{tenant}#*",
      indexes = {
        @TenantIndex(name = "gsi1", pk = "gsi1pk", format = "{tenant}"),
        @TenantIndex(name = "lsi1"),
        @TenantIndex(name = "byDay", pk = "day", global = true)
      })
  private interface Orders {}

  @TenantTable(name = "orders-{tenant}", pk = "id")
  private interface Silo {}

  @TenantTable(
      name = "arn:aws:dynamodb:eu-west-1:123456789012:table/far",
      pk = "pk",
      format = "{tenant}")
  private interface Elsewhere {}

  private final Map<String, TableDescription> tables = new TreeMap<>();
  private final List<String> described = new ArrayList<>();

  private final DynamoDbClient client =
      new DynamoDbClient() {
        @Override
        public DescribeTableResponse describeTable(DescribeTableRequest request) {
          described.add(request.tableName());
          assertThat(LibraryCall.isRunning()).isTrue();
          TableDescription table = tables.get(request.tableName());
          if (request.tableName().equals("secret")) {
            throw DynamoDbException.builder().message("not authorized").build();
          }
          if (table == null) {
            throw ResourceNotFoundException.builder().message("not found").build();
          }
          return DescribeTableResponse.builder().table(table).build();
        }

        @Override
        public String serviceName() {
          return "dynamodb";
        }

        @Override
        public void close() {}
      };

  private static List<KeySchemaElement> keys(String... hashes) {
    List<KeySchemaElement> keys = new ArrayList<>();
    for (String hash : hashes) {
      keys.add(KeySchemaElement.builder().attributeName(hash).keyType("HASH").build());
    }
    keys.add(KeySchemaElement.builder().attributeName("sk").keyType("RANGE").build());
    return keys;
  }

  private static GlobalSecondaryIndexDescription gsi(String name, String... hashes) {
    return GlobalSecondaryIndexDescription.builder()
        .indexName(name)
        .keySchema(keys(hashes))
        .build();
  }

  private static LocalSecondaryIndexDescription lsi(String name, String hash) {
    return LocalSecondaryIndexDescription.builder().indexName(name).keySchema(keys(hash)).build();
  }

  private static AttributeDefinition attribute(String name, String type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  /** As it is declared. */
  private static TableDescription.Builder orders() {
    return TableDescription.builder()
        .keySchema(keys("pk"))
        .attributeDefinitions(attribute("pk", "S"), attribute("gsi1pk", "S"), attribute("day", "N"))
        .globalSecondaryIndexes(gsi("gsi1", "gsi1pk"), gsi("byDay", "day"))
        .localSecondaryIndexes(lsi("lsi1", "pk"));
  }

  private void refused(TableDescription table, String... problems) {
    tables.put("orders", table);
    assertThatThrownBy(() -> TableVerifier.verify(Orders.class, client))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("The tables are not what " + Orders.class.getName())
        .satisfies(
            e ->
                assertThat(e.getMessage().lines().skip(1))
                    .hasSize(problems.length)
                    .zipSatisfy(
                        List.of(problems), (line, problem) -> assertThat(line).contains(problem)));
  }

  @Test
  void a_table_as_it_is_declared_passes() {
    tables.put("orders", orders().build());

    TableVerifier.verify(Orders.class, client);

    assertThat(described).containsExactly("orders");
  }

  @Test
  void an_index_that_is_not_declared_is_a_way_around_the_guard() {
    refused(
        orders()
            .globalSecondaryIndexes(gsi("gsi1", "gsi1pk"), gsi("byDay", "day"), gsi("gsi2", "who"))
            .build(),
        "index gsi2 of the table orders is not declared, so what is written to its partition key"
            + " [who] goes unchecked. Add @TenantIndex(name = \"gsi2\"");
  }

  @Test
  void each_difference_is_named() {
    refused(
        TableDescription.builder()
            .keySchema(keys("id"))
            .attributeDefinitions(attribute("id", "S"), attribute("gsi1pk", "N"))
            .globalSecondaryIndexes(gsi("gsi1", "gsi1pk"), gsi("byDay", "month"))
            .build(),
        "table orders has the partition key id, and is declared with pk",
        "index gsi1 of the table orders has a partition key gsi1pk of type N",
        "index byDay of the table orders has the partition key month, and is declared with day",
        "table orders has no index lsi1. Create it, or take it out");
  }

  @Test
  void a_key_of_another_type_holds_no_tenant() {
    refused(
        orders().attributeDefinitions(attribute("pk", "B"), attribute("gsi1pk", "S")).build(),
        "table orders has a partition key pk of type B");
  }

  @Test
  void an_index_of_several_partition_keys_can_only_be_global() {
    refused(
        orders()
            .globalSecondaryIndexes(gsi("gsi1", "gsi1pk", "region"), gsi("byDay", "day"))
            .build(),
        "has the partition keys gsi1pk, region, of which the guard checks one. Declare it with"
            + " global = true");
  }

  @Test
  void a_table_that_is_missing_or_can_not_be_seen_is_refused() {
    assertThatThrownBy(() -> TableVerifier.verify(Orders.class, client))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("There is no table orders")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThatThrownBy(() -> TableVerifier.verify(Hidden.class, client))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("could not be looked at: not authorized")
        .hasMessageContaining("dynamodb:DescribeTable");
  }

  @TenantTable(name = "secret", pk = "pk", format = "{tenant}")
  private interface Hidden {}

  @Test
  void a_table_for_each_tenant_is_looked_at_for_those_that_are_named() {
    tables.put(
        "orders-acme",
        TableDescription.builder()
            .keySchema(keys("id"))
            .attributeDefinitions(attribute("id", "N"))
            .build());

    TableVerifier.verify(Silo.class, client, TenantId.of("acme"));

    assertThatThrownBy(() -> TableVerifier.verify(Silo.class, client))
        .hasMessageContaining("Each tenant has a table orders-{tenant} of its own. Name a tenant");
    assertThatThrownBy(() -> TableVerifier.verify(Silo.class, client, TenantId.of("globex")))
        .hasMessageContaining("There is no table orders-globex");
  }

  @Test
  void a_table_of_another_account_is_asked_for_by_its_arn() {
    assertThatThrownBy(() -> TableVerifier.verify(Elsewhere.class, client))
        .isInstanceOf(ConfigurationException.class);

    assertThat(described).containsExactly("arn:aws:dynamodb:eu-west-1:123456789012:table/far");
  }
}
