// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.BatchHandler;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.Disposition;
import dev.powertools.core.Failures;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.HttpProblem;
import dev.powertools.core.Propagation;
import dev.powertools.core.Signal;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.NoTenantException;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.limit.TenantLimitException.Limit;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantLimitTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final StandingClock clock = new StandingClock();
  private final List<Signal> signals = new ArrayList<>();
  private final FunctionRuntime runtime =
      FunctionRuntime.builder()
          .timing(clock)
          .listener((signal, work) -> signals.add(signal))
          .part(TenantTiers.class, t -> Optional.of(t.value().equals("initech") ? "gold" : ""))
          .build();

  private <T, X extends Exception> T as(String tenant, Tenants.Work<T, X> work) throws X {
    TenantSource source = TenantSource.of("test", Trust.VERIFIED, w -> Optional.of(tenant));
    try (var scope = Scope.of(runtime).attach()) {
      return Tenancy.of(source).call(null, null, work);
    }
  }

  @Nested
  class In_code {

    private final TenantLimit rate =
        TenantLimit.of(
            TenantLimitOptions.builder("reports").rate(2, SECOND).rateOfTier("gold", 3).build());

    @Test
    void a_call_too_many_is_refused_and_says_when_to_come_again() {
      assertThat(as("acme", () -> rate.call(() -> "a"))).isEqualTo("a");
      as("acme", () -> rate.call(() -> "b"));
      clock.forward(Duration.ofMillis(250));

      assertThatExceptionOfType(TenantLimitException.class)
          .isThrownBy(() -> as("acme", () -> rate.call(() -> "c")))
          .satisfies(
              e -> {
                assertThat(e.limit()).isEqualTo(Limit.RATE);
                assertThat(e.resource()).isEqualTo("reports");
                assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(750));
                assertThat(Failures.defaults().judge(e))
                    .isEqualTo(
                        new Failures.Verdict(
                            Disposition.WAIT, Optional.of(Duration.ofMillis(750))));
                assertThat(e.httpProblem())
                    .contains(
                        new HttpProblem(429, "Too many requests", Map.of("Retry-After", "1")));
                assertThat(e).hasMessageNotContaining("acme");
              });
      assertThat(signals)
          .contains(new TenantLimitSignal("reports", Limit.RATE, Duration.ofMillis(750)));
      assertThat(as("globex", () -> rate.call(() -> "d"))).isEqualTo("d");
    }

    @Test
    void without_a_tenant_nothing_runs() {
      try (var scope = Scope.of(runtime).attach()) {
        assertThatThrownBy(() -> rate.call(() -> "never")).isInstanceOf(NoTenantException.class);
      }
    }

    @Test
    void tiers_count() {
      for (int i = 0; i < 3; i++) {
        as("initech", () -> rate.call(() -> "x"));
      }

      assertThatThrownBy(() -> as("initech", () -> rate.call(() -> "x")))
          .isInstanceOf(TenantLimitException.class);
    }

    @Test
    void what_the_work_throws_passes_as_it_is_and_gives_its_seat_back() {
      TenantLimit one = TenantLimit.of(TenantLimitOptions.builder("one").concurrency(1).build());

      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(
                () ->
                    as(
                        "acme",
                        () ->
                            one.call(
                                () -> {
                                  throw new IOException("disk");
                                })))
            .isExactlyInstanceOf(IOException.class)
            .hasMessage("disk");
        assertThatThrownBy(
                () ->
                    as(
                        "acme",
                        () ->
                            one.call(
                                () -> {
                                  throw new StackOverflowError();
                                })))
            .isExactlyInstanceOf(StackOverflowError.class);
      }
    }

    @Test
    void a_call_within_a_call_needs_a_seat_of_its_own() {
      TenantLimit one =
          TenantLimit.of(
              TenantLimitOptions.builder("one")
                  .concurrency(1)
                  .retryAfter(Duration.ofSeconds(7))
                  .build());

      assertThatExceptionOfType(TenantLimitException.class)
          .isThrownBy(() -> as("acme", () -> one.call(() -> one.call(() -> "inner"))))
          .satisfies(e -> assertThat(e.limit()).isEqualTo(Limit.CONCURRENCY))
          .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
      assertThat(as("acme", () -> one.call(() -> "again"))).isEqualTo("again");
    }

    @Test
    void a_refusal_for_calls_at_once_costs_no_call_of_the_period() {
      TenantLimit both =
          TenantLimit.of(TenantLimitOptions.builder("both").rate(2, SECOND).concurrency(1).build());

      as(
          "acme",
          () ->
              both.call(
                  () -> {
                    assertThatThrownBy(() -> both.call(() -> "no seat"))
                        .isInstanceOf(TenantLimitException.class);
                    return null;
                  }));

      assertThat(as("acme", () -> both.call(() -> "second"))).isEqualTo("second");
    }

    @Test
    void the_tenant_goes_along_to_other_threads() throws Exception {
      ExecutorService pool = Executors.newSingleThreadExecutor();
      try {
        String answer =
            as(
                "acme",
                () -> pool.submit(Propagation.wrapCallable(() -> rate.call(() -> "there"))).get());
        assertThat(answer).isEqualTo("there");
        assertThatThrownBy(() -> pool.submit(() -> rate.call(() -> "lost")).get())
            .hasCauseInstanceOf(NoTenantException.class);
      } finally {
        pool.shutdown();
      }
    }

    @Test
    void sixty_four_invocations_at_once_keep_to_it() throws InterruptedException {
      TenantLimit four = TenantLimit.of(TenantLimitOptions.builder("four").concurrency(4).build());
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      CountDownLatch start = new CountDownLatch(1);
      ExecutorService threads = Executors.newFixedThreadPool(64);
      for (int i = 0; i < 64; i++) {
        threads.execute(
            () -> {
              RateLimitsTest.await(start);
              for (int call = 0; call < 100; call++) {
                try {
                  as("acme", () -> four.call(() -> busy(inside, most)));
                } catch (TenantLimitException e) {
                  refused.incrementAndGet();
                }
              }
            });
      }
      start.countDown();
      threads.shutdown();

      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      assertThat(most.get()).isBetween(1, 4);
      assertThat(inside).hasValue(0);
      assertThat(LimitRegistry.of(runtime).concurrency("four", Quota.of("max", 4)).size()).isZero();
    }

    private static Object busy(AtomicInteger inside, AtomicInteger most) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      Thread.onSpinWait();
      return inside.decrementAndGet();
    }
  }

  @Nested
  class By_annotation {

    static final class Reports {
      @TenantBulkhead(max = 1)
      @TenantRateLimit(permits = 2, per = "1s", tier = "gold:3")
      String both() {
        return "rendered";
      }

      @TenantRateLimit(permits = 1, resource = "shared")
      void shared() {}

      @TenantRateLimit(permits = 1, resource = "shared")
      void sharedToo() {}

      @TenantRateLimit(permits = 2, resource = "shared")
      void sharedOtherwise() {}
    }

    private Chain chain(Class<?> type, String method, boolean entry) {
      for (Method each : type.getDeclaredMethods()) {
        if (each.getName().equals(method)) {
          return Links.of(JoinPoints.method(each, entry), runtime)
              .annotations(List.of(each.getAnnotations()))
              .chain();
        }
      }
      throw new AssertionError(method);
    }

    private Object call(String tenant, Chain chain) {
      return as(
          tenant,
          () -> {
            try {
              return chain.call(
                  Scope.currentInvocation(), new Reports(), new Object[0], (t, a) -> "rendered");
            } catch (RuntimeException e) {
              throw e;
            } catch (Throwable e) {
              throw new AssertionError(e);
            }
          });
    }

    @Test
    void the_method_is_the_resource_also_when_its_chain_is_made_anew() {
      assertThat(call("acme", chain(Reports.class, "both", false))).isEqualTo("rendered");
      call("acme", chain(Reports.class, "both", false));

      assertThatThrownBy(() -> call("acme", chain(Reports.class, "both", false)))
          .isInstanceOf(TenantLimitException.class)
          .hasMessageContaining("Reports.both()");
    }

    @Test
    void places_that_name_one_resource_share_its_limit() {
      call("acme", chain(Reports.class, "shared", false));

      assertThatThrownBy(() -> call("acme", chain(Reports.class, "sharedToo", false)))
          .isInstanceOf(TenantLimitException.class)
          .hasMessageContaining("for shared");
    }

    @Test
    void one_resource_with_two_limits_does_not_start() {
      chain(Reports.class, "shared", false);

      assertThatThrownBy(() -> chain(Reports.class, "sharedOtherwise", false))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("two different limits")
          .hasMessageContaining("sharedOtherwise");
    }

    static final class Wrong {
      @TenantRateLimit(permits = 0)
      void permits() {}

      @TenantRateLimit(permits = 1, per = "soon")
      void per() {}

      @TenantRateLimit(permits = 1, per = "25h")
      void long_per() {}

      @TenantRateLimit(permits = 1, tier = "gold")
      void no_number() {}

      @TenantRateLimit(permits = 1, tier = "gold:many")
      void no_whole_number() {}

      @TenantRateLimit(permits = 1, tier = ":5")
      void no_name() {}

      @TenantRateLimit(
          permits = 1,
          tier = {"gold:5", "gold:6"})
      void twice() {}

      @TenantRateLimit(permits = 1, tier = "gold:0")
      void none_for_tier() {}

      @TenantBulkhead(max = -1)
      void max() {}

      @TenantBulkhead(max = 1, retryAfter = "0s")
      void retry_after() {}
    }

    @ParameterizedTest
    @CsvSource({
      "permits, permits is 0",
      "per, soon",
      "long_per, a day at most",
      "no_number, gold:500",
      "no_whole_number, gold:many",
      "no_name, gold:500",
      "twice, once",
      "none_for_tier, permits of tier gold is 0",
      "max, max is -1",
      "retry_after, 0s"
    })
    void a_value_that_can_not_work_does_not_start(String method, String message) {
      assertThatThrownBy(() -> chain(Wrong.class, method, false))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(method)
          .hasMessageContaining(message);
    }

    static final class Batch implements BatchHandler {
      @TenantRateLimit(permits = 1)
      void rate() {}

      @TenantBulkhead(max = 1)
      void bulkhead() {}
    }

    @ParameterizedTest
    @CsvSource({"rate, TenantRateLimit", "bulkhead, TenantBulkhead"})
    void a_whole_batch_has_no_tenant(String method, String annotation) {
      assertThatThrownBy(() -> chain(Batch.class, method, true))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("Put @" + annotation + " on the method that handles one record");
    }
  }

  @Nested
  class Options {

    @Test
    void need_a_resource_and_a_limit() {
      assertThatThrownBy(() -> TenantLimitOptions.builder("x").build())
          .isInstanceOf(ConfigurationException.class);
      assertThatThrownBy(() -> TenantLimitOptions.builder(" ").rate(1, SECOND).build())
          .isInstanceOf(ConfigurationException.class);
      assertThatThrownBy(() -> TenantLimitOptions.builder("x").rate(1, Duration.ZERO).build())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("the period is PT0S");
      assertThatThrownBy(
              () -> TenantLimitOptions.builder("x").concurrency(1).rateOfTier("gold", 1).build())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("rate");
    }

    @Test
    void how_many_tenants_are_counted_is_a_setting() {
      FunctionRuntime none =
          FunctionRuntime.builder()
              .config(Config.of(Map.of("POWERTOOLS_TENANT_LIMIT_TENANTS", "0")))
              .build();

      assertThatThrownBy(() -> LimitRegistry.of(none).rate("x", Quota.of("permits", 1), SECOND))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("POWERTOOLS_TENANT_LIMIT_TENANTS");
    }
  }
}
