// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static dev.powertools.tenancy.aws.Acting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.tenancy.NoTenantException;
import dev.powertools.tenancy.TenantDenied;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.aws.Wire.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

class TenantClientsTest {

  private final Acting acting = new Acting();
  private final TenantClients<DynamoDbClient> tables = acting.tables();

  private GetItemResponse get(DynamoDbClient client, String pk) {
    return client.getItem(r -> r.tableName("orders").key(key(pk)));
  }

  private GetItemResponse get(String pk) {
    return get(tables.current(), pk);
  }

  @Nested
  class A_call_that_is_the_tenants {

    @Test
    void is_sent_after_each_question_was_asked() {
      acting.as("acme", () -> get("acme#1"));

      assertThat(acting.wire.sent()).hasSize(1);
      assertThat(acting.wire.sent().get(0).body()).contains("acme#1");
      assertThat(acting.rules.asked)
          .containsExactly(
              "complete GetItem", "check GetItem", "checkWire GetItem", "checkResponse GetItem");
      assertThat(acting.work.signals()).isEmpty();
    }

    @Test
    void is_sent_again_as_the_sdk_retries() {
      acting.wire.answering(each -> new Answer(acting.wire.sent().size() == 1 ? 503 : 200, "{}"));

      acting.as("acme", () -> get("acme#1"));

      assertThat(acting.wire.sent()).hasSize(2);
      assertThat(tables.approvals()).isZero();
    }

    @Test
    void leaves_nothing_approved_when_its_time_is_up() {
      acting.wire.answering(
          each -> {
            throw AbortedException.create("timed out");
          });

      acting.as(
          "acme",
          () ->
              assertThatThrownBy(
                      () ->
                          tables
                              .current()
                              .getItem(
                                  r ->
                                      r.tableName("orders")
                                          .key(key("acme#1"))
                                          .overrideConfiguration(
                                              c -> c.apiCallTimeout(Duration.ofMillis(1)))))
                  .isInstanceOf(SdkClientException.class));

      assertThat(tables.approvals()).isZero();
    }

    @Test
    void may_fail_as_AWS_says() {
      acting.wire.answering(each -> new Answer(400, "{}"));

      acting.as(
          "acme",
          () -> assertThatThrownBy(() -> get("acme#1")).isInstanceOf(DynamoDbException.class));
    }
  }

  @Nested
  class A_call_that_is_not {

    @Test
    void is_denied_before_anything_is_sent_and_told_without_what_was_asked_for() {
      assertThatThrownBy(() -> acting.as("acme", () -> get("globex#1")))
          .isInstanceOf(TenantCallDeniedException.class)
          .hasMessage("DynamoDb.GetItem was denied by rule fake.key: it is not the tenant's.");

      assertThat(acting.wire.sent()).isEmpty();
      TenantDenied denied = acting.work.denied();
      assertThat(denied.name()).isEqualTo("tenancy.denied");
      assertThat(denied.rule()).isEqualTo("fake.key");
      assertThat(denied.source()).isEqualTo("DynamoDb.GetItem");
      assertThat(denied.tenant()).isEqualTo("acme");
      assertThat(denied.foreign()).isNotEmpty().doesNotContain("globex");
    }

    @Test
    void is_denied_though_the_rule_throws_something_else() {
      assertThatThrownBy(
              () ->
                  acting.as(
                      "acme", () -> tables.current().getItem(r -> r.tableName("o").key(Map.of()))))
          .isInstanceOf(TenantCallDeniedException.class)
          .hasMessageContaining("rule_failed")
          .hasMessageContaining("NullPointerException");

      assertThat(acting.wire.sent()).isEmpty();
    }

    @Test
    void is_denied_when_what_came_back_is_anothers() {
      acting.wire.answering(each -> new Answer(200, "{\"Item\":{\"pk\":{\"S\":\"globex#1\"}}}"));

      assertThatThrownBy(() -> acting.as("acme", () -> get("acme#1")))
          .isInstanceOf(TenantCallDeniedException.class)
          .hasMessageContaining("fake.response");
    }
  }

  @Nested
  class A_bound_client {

    @Test
    void is_the_same_for_one_tenant_and_another_for_another() {
      DynamoDbClient acme = acting.as("acme", () -> tables.current());

      assertThat(acting.as("acme", () -> tables.current())).isSameAs(acme);
      assertThat(acting.as("globex", () -> tables.current())).isNotSameAs(acme);
    }

    @Test
    void that_was_kept_is_denied_in_anothers_work() {
      DynamoDbClient acme = acting.as("acme", () -> tables.current());

      assertThatThrownBy(() -> acting.as("globex", () -> get(acme, "acme#1")))
          .isInstanceOf(TenantCallDeniedException.class)
          .hasMessageContaining("mismatch");
      assertThat(acting.wire.sent()).isEmpty();
    }

    @Test
    void is_denied_in_work_of_the_system() {
      DynamoDbClient acme = acting.as("acme", () -> tables.current());

      assertThatThrownBy(
              () -> acting.work.inside(() -> Tenants.asSystem("test", () -> get(acme, "acme#1"))))
          .hasMessageContaining("mismatch");
    }

    @Test
    void works_on_threads_that_know_of_no_scope_while_the_work_goes_on() {
      acting.as(
          "acme",
          () -> {
            DynamoDbClient acme = tables.current();
            return CompletableFuture.supplyAsync(() -> get(acme, "acme#1")).join();
          });

      assertThat(acting.wire.sent()).hasSize(1);
    }

    @Test
    void is_denied_there_when_the_work_has_ended() {
      DynamoDbClient acme = acting.as("acme", () -> tables.current());

      assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> get(acme, "acme#1")).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(TenantCallDeniedException.class)
          .hasMessageContaining("closed");
    }

    @Test
    void is_denied_in_the_rest_of_its_own_invocation() {
      AtomicReference<DynamoDbClient> kept = new AtomicReference<>();

      acting.work.invocation(
          null,
          () -> {
            Acting.tenancy("acme")
                .call(
                    null,
                    null,
                    () -> {
                      kept.set(tables.current());
                      return "";
                    });
            assertThatThrownBy(() -> get(kept.get(), "acme#1"))
                .isInstanceOf(TenantCallDeniedException.class)
                .hasMessageContaining("closed");
          });
    }
  }

  @Test
  void without_a_tenant_there_is_no_client() {
    assertThatThrownBy(tables::current).isInstanceOf(NoTenantException.class);
  }

  @Test
  void without_credentials_of_the_tenants_it_warns_once_that_nothing_but_the_guard_stands() {
    assertThat(
            Work.logged(
                () -> {
                  TenantClients<DynamoDbClient> some = acting.tables();
                  acting.as("acme", () -> some.current());
                  acting.as("globex", () -> some.current());
                }))
        .filteredOn(line -> line.contains("has no @TenantRole"))
        .hasSize(1);
  }
}
