// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static dev.powertools.tenancy.aws.Acting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.Signal;
import dev.powertools.tenancy.TenantDenied;
import dev.powertools.tenancy.Work;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class GuardModeTest {

  private static Acting with(String mode) {
    return new Acting(new FakeRules(), Map.of("POWERTOOLS_TENANCY_GUARD", mode));
  }

  @Test
  void a_mode_that_there_is_not_names_the_variable() {
    assertThatThrownBy(() -> with("off").as("acme", () -> with("off").tables().current()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("POWERTOOLS_TENANCY_GUARD")
        .hasMessageContaining("enforce or audit");
  }

  @Test
  void enforcing_is_not_worth_a_word() {
    Acting acting = with("enforce");
    TenantClients<DynamoDbClient> tables = acting.tables();

    assertThat(Work.logged(() -> acting.as("acme", () -> tables.current())))
        .noneMatch(line -> line.contains("only audits"));
  }

  @Nested
  class Auditing {

    private final Acting acting = with("Audit");

    private List<String> rules() {
      return acting.work.signals().stream().map(Auditing::rule).toList();
    }

    private static String rule(Signal signal) {
      assertThat(signal.name()).isEqualTo("tenancy.let_through");
      return ((TenantDenied) signal).rule();
    }

    @Test
    void warns_at_each_start() {
      List<String> lines =
          Work.logged(
              () -> {
                TenantClients<DynamoDbClient> tables = acting.tables();
                acting.as("acme", () -> tables.current());
                acting.as("globex", () -> tables.current());
              });

      assertThat(lines)
          .filteredOn(line -> line.contains("only audits") && line.contains("Unset"))
          .hasSize(1);
    }

    @Test
    void lets_through_what_breaks_a_rule_and_tells_of_it() {
      List<String> lines =
          Work.logged(
              () ->
                  acting.as(
                      "acme",
                      () -> {
                        acting
                            .tables()
                            .current()
                            .getItem(r -> r.tableName("o").key(key("globex#1")));
                      }));

      assertThat(acting.wire.sent()).hasSize(1);
      assertThat(rules()).containsExactly("fake.key");
      assertThat(lines).anyMatch(line -> line.contains("tenant_let_through"));
    }

    @Test
    void lets_through_what_an_interceptor_changed() {
      ExecutionInterceptor changing =
          new ExecutionInterceptor() {
            @Override
            public SdkHttpRequest modifyHttpRequest(
                Context.ModifyHttpRequest call, ExecutionAttributes facts) {
              return call.httpRequest().toBuilder().putHeader("x-amz-acl", "a").build();
            }
          };

      acting.as(
          "acme",
          () -> {
            acting
                .tables(
                    () ->
                        DynamoDbClient.builder()
                            .overrideConfiguration(c -> c.addExecutionInterceptor(changing)))
                .current()
                .getItem(r -> r.tableName("o").key(key("acme#1")));
          });

      assertThat(acting.wire.sent()).hasSize(1);
      assertThat(rules()).containsOnly("wire");
    }

    @Test
    void lets_through_what_comes_without_the_guard() {
      acting.as(
          "acme",
          () -> {
            acting
                .tables()
                .current()
                .getItem(
                    r ->
                        r.tableName("o")
                            .key(key("acme#1"))
                            .overrideConfiguration(c -> c.addPlugin(Stripping.allButTheSdks())));
          });

      assertThat(acting.wire.sent()).hasSize(1);
      assertThat(rules()).containsExactly("seal");
    }
  }

  @Test
  void the_mode_of_some_clients_can_be_said_where_they_are_made() {
    Acting acting = with("enforce");
    TenantClients<DynamoDbClient> tables =
        acting.clients(DynamoDbClient::builder).mode(GuardMode.AUDIT).build();

    acting.as(
        "acme",
        () -> {
          tables.current().getItem(r -> r.tableName("o").key(key("globex#1")));
        });

    assertThat(acting.wire.sent()).hasSize(1);
  }
}
