// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.tenancy.TenantGrammar;
import dev.powertools.tenancy.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private static final TenantId ACME = TenantId.of("acme");
  private static final TenantId GLOBEX = TenantId.of("globex");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final StandingClock clock = new StandingClock();

  private RateLimits limits(int permits, int most) {
    return new RateLimits("reports", Quota.of("permits", permits, "gold:5"), SECOND, most, clock);
  }

  private static int taken(RateLimits limits, TenantId tenant, TenantTiers tiers) {
    int taken = 0;
    while (taken < 100 && limits.take(tenant, tiers) == null) {
      taken++;
    }
    return taken;
  }

  @Nested
  class A_tenant {

    @Test
    void has_so_many_calls_in_a_period_and_is_told_when_there_are_more() {
      RateLimits limits = limits(3, 10);
      clock.forward(Duration.ofMillis(400));
      assertThat(taken(limits, ACME, null)).isEqualTo(3);

      clock.forward(Duration.ofMillis(300));
      assertThat(limits.take(ACME, null)).isEqualTo(Duration.ofMillis(700));

      clock.forward(Duration.ofMillis(700));
      assertThat(taken(limits, ACME, null)).isEqualTo(3);
    }

    @Test
    void does_not_use_up_anothers() {
      RateLimits limits = limits(2, 10);

      assertThat(taken(limits, ACME, null)).isEqualTo(2);
      assertThat(taken(limits, GLOBEX, null)).isEqualTo(2);
    }

    @Test
    void does_not_save_up_what_it_did_not_use() {
      RateLimits limits = limits(2, 10);
      limits.take(ACME, null);
      clock.forward(Duration.ofDays(400));

      assertThat(taken(limits, ACME, null)).isEqualTo(2);
    }

    @Test
    void has_what_its_tier_has_and_another_tier_from_when_it_changes() {
      RateLimits limits = limits(2, 10);
      Map<TenantId, String> tiers = new java.util.HashMap<>(Map.of(ACME, "gold", GLOBEX, "basic"));
      TenantTiers directory = tenant -> Optional.ofNullable(tiers.get(tenant));

      assertThat(taken(limits, ACME, directory)).isEqualTo(5);
      assertThat(taken(limits, GLOBEX, directory)).isEqualTo(2);

      tiers.put(GLOBEX, "gold");
      assertThat(taken(limits, GLOBEX, directory)).isEqualTo(5);
    }

    @Test
    void gets_no_fresh_calls_by_going_from_tier_to_tier() {
      RateLimits limits = limits(2, 10);
      Map<TenantId, String> tiers = new java.util.HashMap<>();
      TenantTiers directory = tenant -> Optional.ofNullable(tiers.get(tenant));
      int taken = 0;
      for (int i = 0; i < 20; i++) {
        tiers.put(ACME, i % 2 == 0 ? "basic" : "gold");
        taken += taken(limits, ACME, directory);
      }

      assertThat(taken).isEqualTo(2 + 5);
    }
  }

  @Nested
  class Very_many_tenants {

    @Test
    void that_nobody_knows_share_one_limit() {
      RateLimits limits = limits(3, 10);
      TenantTiers directory =
          tenant -> tenant.equals(ACME) ? Optional.of("basic") : Optional.empty();

      assertThat(taken(limits, TenantId.of("made-up-1"), directory)).isEqualTo(3);
      assertThat(taken(limits, TenantId.of("made-up-2"), directory)).isZero();
      assertThat(taken(limits, ACME, directory)).isEqualTo(3);
      assertThat(limits.size()).isEqualTo(1);
    }

    @Test
    void take_no_more_memory_than_was_allowed() {
      RateLimits limits = limits(1, 1000);
      SplittableRandom random = new SplittableRandom(7);

      for (int i = 0; i < 1_000_000; i++) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        limits.take(TenantGrammar.UUID.parse(id.toString()), null);
        clock.forward(Duration.ofNanos(random.nextInt(2_000_000)));
      }

      assertThat(limits.size()).isEqualTo(1000);
    }

    @Test
    void do_not_push_one_out_that_has_used_its_calls() {
      RateLimits limits = limits(3, 4);
      assertThat(taken(limits, ACME, null)).isEqualTo(3);

      for (int i = 0; i < 10_000; i++) {
        limits.take(TenantId.of("made-up-" + i), null);
        clock.forward(Duration.ofNanos(99_000));
      }

      assertThat(limits.take(ACME, null)).isNotNull();
      assertThat(limits.size()).isEqualTo(4);
    }

    @Test
    void make_room_by_what_is_as_good_as_new() {
      RateLimits limits = limits(1, 2);
      limits.take(ACME, null);
      limits.take(GLOBEX, null);
      clock.forward(SECOND);
      limits.take(ACME, null);

      assertThat(limits.take(TenantId.of("initech"), null)).isNull();
      assertThat(limits.take(ACME, null)).isNotNull();
      assertThat(limits.size()).isEqualTo(2);
    }

    @Test
    void share_one_limit_while_there_is_no_room() {
      RateLimits limits = limits(1, 1);
      limits.take(ACME, null);

      assertThat(limits.take(TenantId.of("made-up-1"), null)).isNull();
      assertThat(limits.take(TenantId.of("made-up-2"), null)).isNotNull();
    }
  }

  @Test
  void never_gives_a_permit_twice_to_many_threads() throws InterruptedException {
    RateLimits limits = limits(500, 10);
    AtomicInteger acme = new AtomicInteger();
    AtomicInteger globex = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(64);
    for (int i = 0; i < 64; i++) {
      threads.execute(
          () -> {
            await(start);
            for (int call = 0; call < 100; call++) {
              boolean odd = (call & 1) == 1;
              boolean let = limits.take(odd ? ACME : GLOBEX, null) == null;
              (odd ? acme : globex).addAndGet(let ? 1 : 0);
            }
          });
    }

    start.countDown();
    threads.shutdown();

    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(acme).hasValue(500);
    assertThat(globex).hasValue(500);
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
