// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static dev.powertools.tenancy.aws.Acting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Which clients are kept, made and closed. */
class ClientPoolTest {

  private final Acting acting = new Acting();
  private final AtomicInteger made = new AtomicInteger();

  private TenantClients<DynamoDbClient> tables(int max) {
    return acting
        .clients(
            () -> {
              made.incrementAndGet();
              return DynamoDbClient.builder();
            })
        .max(max)
        .build();
  }

  private DynamoDbClient of(TenantClients<DynamoDbClient> tables, String tenant) {
    return acting.as(tenant, () -> tables.current());
  }

  @Test
  void keeps_those_that_were_asked_for_last() {
    TenantClients<DynamoDbClient> tables = tables(2);
    DynamoDbClient a = of(tables, "a");
    DynamoDbClient b = of(tables, "b");
    of(tables, "a");
    of(tables, "c");

    assertThat(of(tables, "a")).isSameAs(a);
    assertThat(of(tables, "b")).isNotSameAs(b);
    assertThat(tables.open()).isEqualTo(2);
  }

  @Test
  void keeps_256_by_default() {
    TenantClients<DynamoDbClient> tables = acting.tables();

    for (int i = 0; i < 300; i++) {
      of(tables, "t" + i);
    }

    assertThat(tables.open()).isEqualTo(256);
  }

  @Test
  void has_to_keep_one() {
    assertThatThrownBy(() -> tables(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void one_that_has_to_go_while_it_is_in_use_goes_on_to_work() {
    TenantClients<DynamoDbClient> tables = tables(1);

    acting.as(
        "a",
        () -> {
          DynamoDbClient a = tables.current();
          Thread thread = new Thread(() -> of(tables, "b"));
          thread.start();
          join(thread);

          assertThat(tables.open()).isEqualTo(2);
          a.getItem(
              r ->
                  r.tableName("orders")
                      .key(key("a#1"))
                      .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMinutes(1))));
        });
    of(tables, "c");

    assertThat(acting.wire.sent()).hasSize(1);
    assertThat(tables.open()).isEqualTo(1);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void is_made_once_for_a_tenant_whoever_asks_first() throws Exception {
    int threads = 64;
    CountDownLatch asking = new CountDownLatch(threads);
    TenantClients<DynamoDbClient> tables =
        acting.tables(
            () -> {
              made.incrementAndGet();
              awaited(asking); // it takes until all others ask, too
              return DynamoDbClient.builder();
            });
    Set<DynamoDbClient> seen = Collections.newSetFromMap(new ConcurrentHashMap<>());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(
            () -> {
              asking.countDown();
              return seen.add(of(tables, "acme"));
            });
      }
      for (Future<Boolean> each : pool.invokeAll(tasks)) {
        each.get();
      }
    } finally {
      pool.shutdown();
    }

    assertThat(seen).hasSize(1);
    assertThat(made).hasValue(1);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void threads_that_alternate_between_tenants_never_mix_them() throws Exception {
    TenantClients<DynamoDbClient> tables = tables(3);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String tenant = "t" + i % 5;
        tasks.add(
            () ->
                acting.as(
                    tenant,
                    () -> {
                      tables.current().getItem(r -> r.tableName("o").key(key(tenant + "#1")));
                      return true;
                    }));
      }
      for (Future<Boolean> each : pool.invokeAll(tasks)) {
        each.get();
      }
    } finally {
      pool.shutdown();
    }

    assertThat(acting.wire.sent()).hasSize(400);
    assertThat(acting.work.signals()).isEmpty();
    assertThat(tables.approvals()).isZero();
  }

  @Test
  void forgets_a_tenant_that_is_purged() {
    TenantClients<DynamoDbClient> tables = tables(256);
    DynamoDbClient acme = of(tables, "acme");
    DynamoDbClient globex = of(tables, "globex");

    tables.purge(TenantId.of("acme"));
    tables.purge(TenantId.of("unknown"));

    assertThat(tables.open()).isEqualTo(1);
    assertThat(of(tables, "acme")).isNotSameAs(acme);
    assertThat(of(tables, "globex")).isSameAs(globex);
  }

  @Test
  void forgets_its_credentials_too() {
    List<TenantId> purged = new ArrayList<>();
    TenantClients<DynamoDbClient> tables =
        acting
            .clients(DynamoDbClient::builder)
            .credentials(
                new CredentialVendor() {
                  @Override
                  public AwsCredentialsProvider provider(TenantId tenant) {
                    return AnonymousCredentialsProvider.create();
                  }

                  @Override
                  public void purge(TenantId tenant) {
                    purged.add(tenant);
                  }
                })
            .build();
    of(tables, "acme");

    tables.purge(TenantId.of("acme"));

    assertThat(purged).containsExactly(TenantId.of("acme"));
  }

  @Test
  void closes_its_clients_and_not_what_they_send_by() {
    TenantClients<DynamoDbClient> tables = tables(256);
    of(tables, "acme");

    tables.close();
    tables.close();

    assertThat(tables.open()).isZero();
    assertThat(acting.wire.isClosed()).isFalse();
    assertThatThrownBy(() -> of(tables, "acme"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void tries_again_when_one_could_not_be_made() {
    AtomicInteger tries = new AtomicInteger();
    TenantClients<DynamoDbClient> tables =
        acting.tables(
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
              }
              return DynamoDbClient.builder();
            });

    assertThatThrownBy(() -> of(tables, "acme")).hasMessage("not now");
    assertThat(of(tables, "acme")).isNotNull();
  }

  @Test
  void has_clients_of_its_own_in_each_runtime() {
    TenantClients<DynamoDbClient> tables = tables(256);
    DynamoDbClient here = of(tables, "acme");
    Work elsewhere = Work.of(FunctionRuntime.builder().config(acting.work.runtime().config()));

    DynamoDbClient there =
        elsewhere.inside(() -> Acting.tenancy("acme").call(null, null, () -> tables.current()));

    assertThat(there).isNotSameAs(here);
    assertThat(of(tables, "acme")).isSameAs(here);
  }
}
