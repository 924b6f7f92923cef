// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.powertools.tenancy.resource.TenantTable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What callers over HTTP are told of calls that were denied. */
class DenialsOverHttpTest {

  private final Acting acting = new Acting();
  private final TenantClients<DynamoDbClient> tables =
      TenantClients.builder(Orders.class, DynamoDbClient::builder).httpClient(acting.wire).build();

  @TenantTable(name = "orders", pk = "pk", format = "{tenant}#*")
  private interface Orders {}

  private TenantCallDeniedException denied(Consumer<DynamoDbClient> call) {
    return acting.as(
        "acme",
        () ->
            catchThrowableOfType(
                TenantCallDeniedException.class, () -> call.accept(tables.current())));
  }

  @Test
  void whoever_asked_for_something_of_anothers_is_forbidden_it() {
    TenantCallDeniedException denied =
        denied(acme -> acme.getItem(r -> r.tableName("orders").key(Acting.key("globex#1"))));

    assertThat(denied.httpProblem())
        .hasValueSatisfying(problem -> assertThat(problem.toString()).contains("403"));
  }

  @Test
  void nobody_is_told_of_a_mistake_of_the_functions() {
    assertThat(denied(acme -> acme.scan(r -> r.tableName("orders"))).httpProblem()).isEmpty();
  }
}
