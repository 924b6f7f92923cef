// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.limit.Bulkheads.Entered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BulkheadsTest {

  private static final TenantId ACME = TenantId.of("acme");
  private static final TenantId GLOBEX = TenantId.of("globex");

  private final Bulkheads bulkheads = new Bulkheads("reports", Quota.of("max", 2, "gold:3"));

  private List<Entered> fill(TenantId tenant, TenantTiers tiers) {
    List<Entered> all = new ArrayList<>();
    for (Entered each = enter(tenant, tiers); each != null; each = enter(tenant, tiers)) {
      all.add(each);
    }
    return all;
  }

  private Entered enter(TenantId tenant, TenantTiers tiers) {
    return bulkheads.enter(tenant, tiers);
  }

  @Test
  void a_tenant_has_so_many_calls_at_once_and_none_of_anothers() {
    assertThat(fill(ACME, null)).hasSize(2);
    assertThat(fill(GLOBEX, null)).hasSize(2);
  }

  @Test
  void a_call_that_ended_makes_room() {
    List<Entered> full = fill(ACME, null);
    full.get(0).close();

    assertThat(fill(ACME, null)).hasSize(1);
  }

  @Test
  void a_tier_has_its_own_number_and_the_unknown_share_one() {
    TenantTiers tiers = t -> t.equals(ACME) ? Optional.of("gold") : Optional.empty();

    assertThat(fill(ACME, tiers)).hasSize(3);
    assertThat(fill(TenantId.of("made-up-1"), tiers)).hasSize(2);
    assertThat(fill(TenantId.of("made-up-2"), tiers)).isEmpty();
  }

  @Test
  void who_has_no_call_under_way_takes_no_memory() {
    for (int i = 0; i < 1_000_000; i++) {
      Entered call = enter(TenantId.of("t" + i), null);
      assertThat(call).isNotNull();
      call.close();
    }

    assertThat(bulkheads.size()).isZero();
  }

  @Test
  void never_lets_in_more_than_that_on_many_threads() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger let = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(64);
    for (int i = 0; i < 64; i++) {
      threads.execute(
          () -> {
            for (int call = 0; call < 500; call++) {
              try (Entered entered = enter(ACME, null)) {
                if (entered != null) {
                  let.incrementAndGet();
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  inside.decrementAndGet();
                }
              }
            }
          });
    }
    threads.shutdown();

    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 2);
    assertThat(let.get()).isPositive();
    assertThat(bulkheads.size()).isZero();
  }
}
