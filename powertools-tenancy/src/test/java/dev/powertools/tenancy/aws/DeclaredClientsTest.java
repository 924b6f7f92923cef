// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static dev.powertools.tenancy.aws.Acting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.tenancy.resource.TenantTable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Clients by the rules of annotations, as functions have them. */
class DeclaredClientsTest {

  private final Acting acting = new Acting();

  @TenantTable(name = "orders", pk = "pk", format = "{tenant}#*")
  private interface Orders {}

  @TenantTable(name = "${NOT_SET}", pk = "pk", format = "{tenant}#*")
  private interface Broken {}

  @Test
  void reach_what_is_declared_and_nothing_else() {
    TenantClients<DynamoDbClient> tables =
        TenantClients.builder(Orders.class, DynamoDbClient::builder)
            .httpClient(acting.wire)
            .build();

    acting.as(
        "acme",
        () -> {
          DynamoDbClient acme = tables.current();
          acme.getItem(r -> r.tableName("orders").key(key("acme#1")));
          assertThatThrownBy(() -> acme.getItem(r -> r.tableName("orders").key(key("globex#1"))))
              .isInstanceOf(TenantCallDeniedException.class);
          assertThatThrownBy(() -> acme.getItem(r -> r.tableName("other").key(key("acme#1"))))
              .isInstanceOf(TenantCallDeniedException.class);
          assertThatThrownBy(() -> acme.scan(r -> r.tableName("orders")))
              .isInstanceOf(TenantCallDeniedException.class);
        });

    assertThat(acting.wire.sent()).hasSize(1);
  }

  @Test
  void whose_declaration_is_wrong_fail_while_the_function_starts() {
    assertThatThrownBy(
            () -> acting.work.inside(() -> TenantClients.of(Broken.class, DynamoDbClient::builder)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("NOT_SET");
  }
}
