// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static dev.powertools.tenancy.aws.Acting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.internal.LibraryCall;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.TenantDenied;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.Work;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

class TenantNetTest {

  private final Acting acting = new Acting();
  private final DynamoDbClient unbound =
      DynamoDbClient.builder()
          .region(Region.EU_CENTRAL_1)
          .credentialsProvider(AnonymousCredentialsProvider.create())
          .httpClient(acting.wire)
          .build();

  private GetItemResponse get() {
    return unbound.getItem(r -> r.tableName("orders").key(key("acme#1")));
  }

  private void begin() {
    acting.as("acme", () -> "");
  }

  @Nested
  class A_client_that_is_bound_to_no_tenant {

    @Test
    void is_denied_in_a_tenants_work() {
      assertThatThrownBy(() -> acting.as("acme", () -> get()))
          .isInstanceOf(TenantCallDeniedException.class)
          .hasMessageContaining("DynamoDb.GetItem")
          .hasMessageContaining("unbound")
          .hasMessageContaining("TenantClients");

      assertThat(acting.wire.sent()).isEmpty();
      assertThat(acting.work.denied().rule()).isEqualTo("unbound");
    }

    @Test
    void is_denied_on_threads_that_do_no_known_work_once_work_has_begun() {
      begin();

      assertThatThrownBy(() -> acting.work.inside(() -> get())).hasMessageContaining("unbound");
      assertThat(acting.wire.sent()).isEmpty();
    }

    @Test
    void passes_while_the_function_initialises() {
      acting.work.inside(() -> Acting.tenancy("acme"));

      acting.work.inside(() -> get());

      assertThat(acting.wire.sent()).hasSize(1);
    }

    @Test
    void is_denied_in_an_invocation_that_no_tenant_is_known_of_yet() {
      acting.work.inside(() -> Acting.tenancy("acme"));
      LiveInvocation invocation =
          LiveInvocation.under(acting.work.runtime()).context(Work.lambdaTenant("")).open();

      try (Scope.Attached ignored = Scope.of(invocation).attach()) {
        assertThatThrownBy(() -> get()).hasMessageContaining("unbound");
      }
    }

    @Test
    void passes_in_work_of_the_system() {
      begin();

      acting.work.inside(() -> Tenants.asSystem("bill", () -> get()));

      assertThat(acting.wire.sent()).hasSize(1);
    }

    @Test
    void passes_for_the_toolkits_own_calls() {
      acting.as("acme", () -> LibraryCall.run(() -> get()));

      assertThat(acting.wire.sent()).hasSize(1);
    }

    @Test
    void is_not_noticed_in_a_function_without_isolated_work() {
      Work plain = Work.plain();

      plain.inside(() -> get());
      plain.invocation(null, () -> get());

      assertThat(acting.wire.sent()).hasSize(2);
    }

    @Test
    void is_let_through_and_told_of_in_audit_mode() {
      Acting audited = new Acting(new FakeRules(), Map.of("POWERTOOLS_TENANCY_GUARD", "audit"));

      audited.as("acme", () -> get());

      assertThat(acting.wire.sent()).hasSize(1);
      TenantDenied told = audited.work.denied();
      assertThat(told.name()).isEqualTo("tenancy.let_through");
      assertThat(told.rule()).isEqualTo("unbound");
    }
  }
}
