// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.powertools.batch.Seeds;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Units units = new Units();
  private final AtomicInteger attempts = new AtomicInteger();

  private static Retries retries(int attempts) {
    return Retries.of(
        RetryOptions.builder().name("charge").attempts(attempts).jitter(Jitter.NONE).build());
  }

  private void fail(LiveInvocation invocation, Retries retries) {
    var unused =
        catchThrowable(
            () ->
                Units.in(
                    invocation,
                    () -> {
                      retries.run(
                          () -> {
                            attempts.incrementAndGet();
                            throw new IOException();
                          });
                      return null;
                    }));
  }

  @Test
  void a_batch_of_one_gets_the_floor() {
    units.budget(new RetryBudget(0.2, 4, 100));

    fail(units.invocation(MINUTE).child().open(), retries(50));

    assertThat(attempts).hasValue(1 + 4);
    assertThat(units.signals)
        .endsWith(new RetrySignal.DeniedByBudget("charge", 5, "java.io.IOException"));
  }

  @Test
  void the_records_of_a_batch_share_its_tokens() {
    units.budget(new RetryBudget(0.2, 3, 100));
    LiveInvocation batch = units.invocation(MINUTE);

    for (int i = 0; i < 10; i++) {
      fail(batch.child().open(), retries(3));
    }

    assertThat(attempts).as("10 first ones, a fifth of that, and the floor").hasValue(10 + 2 + 3);
  }

  @Test
  void the_invocations_of_an_environment_share_its_tokens() {
    FunctionRuntime runtime = units.budget(new RetryBudget(0.2, 10, 5)).runtime();

    for (int i = 0; i < 10; i++) {
      fail(units.invocation(runtime, MINUTE), retries(3));
    }

    assertThat(attempts.get()).as("the floor is also the most").isBetween(10 + 5, 10 + 5 + 2);
  }

  @Test
  void a_long_quiet_time_saves_up_no_storm() throws Exception {
    FunctionRuntime runtime = units.budget(new RetryBudget(0.2, 100, 5)).runtime();
    LiveInvocation quiet = units.invocation(runtime, MINUTE);
    Retries retries = retries(100);
    for (int i = 0; i < 10_000; i++) {
      Units.in(quiet, () -> retries.call(() -> "fine"));
    }

    fail(quiet, retries);

    assertThat(attempts).hasValue(1 + 5);
  }

  @Test
  void nothing_is_tried_again_without_any_budget() {
    units.budget(new RetryBudget(0, 0, 0));

    fail(units.invocation(MINUTE), retries(3));

    assertThat(attempts).hasValue(1);
    assertThat(units.clock.passed()).isZero();
  }

  @Test
  void in_any_stretch_of_work_retries_stay_within_the_share_and_the_floor() {
    Seeds.forEach(200, RetryBudgetTest::requireBound);
  }

  /** What happened, in order: the first attempts as 0, further ones as 1. */
  private static void requireBound(Random random) {
    double share = random.nextInt(11) / 10.0;
    int floor = random.nextInt(8);
    int most = random.nextInt(12);
    Units units = new Units().budget(new RetryBudget(share, floor, most));
    FunctionRuntime runtime = units.runtime();
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<Integer> batch = runBatch(units.invocation(runtime, MINUTE), random);
      requireWithin(batch, share, floor);
      all.addAll(batch);
    }
    for (int from = 0; from < all.size(); from += 1 + random.nextInt(10)) {
      requireWithin(all.subList(from, all.size()), share, most);
    }
  }

  private static List<Integer> runBatch(LiveInvocation batch, Random random) {
    List<Integer> ran = new ArrayList<>();
    int records = 1 + random.nextInt(10);
    for (int i = 0; i < records; i++) {
      int failures = random.nextInt(6);
      AtomicInteger calls = new AtomicInteger();
      var unused =
          catchThrowable(
              () ->
                  Units.in(
                      batch.child().open(),
                      () -> {
                        retries(5)
                            .run(
                                () -> {
                                  ran.add(calls.get() == 0 ? 0 : 1);
                                  if (calls.getAndIncrement() < failures) {
                                    throw new IOException();
                                  }
                                });
                        return null;
                      }));
    }
    return ran;
  }

  private static void requireWithin(List<Integer> ran, double share, int floor) {
    int first = 0;
    int further = 0;
    for (int each : ran) {
      first += each == 0 ? 1 : 0;
      further += each;
      assertThat((double) further)
          .as("of %s", ran)
          .isLessThanOrEqualTo(share * first + floor + 1e-9);
    }
  }

  @Nested
  class Of_several_senders {

    /** Fails so often, and returns how many further attempts that had. */
    private static int furtherAttempts(
        LiveInvocation batch, @Nullable String sender, int failures) {
      LiveInvocation record = batch.child().open();
      if (sender != null) {
        record.attributes().put(RetryBudget.SENDER, sender);
      }
      AtomicInteger calls = new AtomicInteger();
      var unused =
          catchThrowable(
              () ->
                  Units.in(
                      record,
                      () -> {
                        retries(100)
                            .run(
                                () -> {
                                  if (calls.getAndIncrement() < failures) {
                                    throw new IOException();
                                  }
                                });
                        return null;
                      }));
      return calls.get() - 1;
    }

    @Test
    void each_has_the_floor_of_its_batch_whatever_the_others_use_up() {
      units.budget(new RetryBudget(0.2, 4, 1000));
      LiveInvocation batch = units.invocation(MINUTE);

      assertThat(furtherAttempts(batch, "noisy", 100)).isEqualTo(4);
      assertThat(furtherAttempts(batch, "quiet", 3)).isEqualTo(3);
      assertThat(furtherAttempts(batch, null, 100)).as("nobody's").isEqualTo(4);
      assertThat(furtherAttempts(batch, "noisy", 100)).isZero();
    }

    @Test
    void what_one_gets_in_a_batch_does_not_depend_on_the_others() {
      Seeds.forEach(200, Of_several_senders::requireIndependence);
    }

    private static void requireIndependence(Random random) {
      RetryBudget budget = new RetryBudget(random.nextInt(11) / 10.0, random.nextInt(8), 1_000_000);
      Units units = new Units().budget(budget);
      FunctionRuntime runtime = units.runtime();
      LiveInvocation together = units.invocation(runtime, MINUTE);
      Map<String, LiveInvocation> alone = new HashMap<>();
      for (int i = 0; i < 40; i++) {
        String sender = "s-" + random.nextInt(4);
        int failures = random.nextInt(6);
        LiveInvocation own = alone.computeIfAbsent(sender, s -> units.invocation(runtime, MINUTE));
        assertThat(furtherAttempts(together, sender, failures))
            .isEqualTo(furtherAttempts(own, sender, failures));
      }
    }

    @Test
    void one_that_always_fails_leaves_half_of_the_environments_tokens_to_the_others() {
      Seeds.forEach(100, Of_several_senders::requireRoom);
    }

    /** Over many batches; the others fail once in a while, and each time there is a token. */
    private static void requireRoom(Random random) {
      int most = 10 + random.nextInt(300);
      Units units = new Units().budget(new RetryBudget(0.2, 10, most));
      FunctionRuntime runtime = units.runtime();
      int firsts = 0;
      int further = 0;
      for (int i = 0; i < 300; i++) {
        LiveInvocation batch = units.invocation(runtime, MINUTE);
        int records = 3 + random.nextInt(7);
        for (int r = 0; r < records; r++) {
          further += furtherAttempts(batch, "noisy", 1000);
        }
        int failures = i % 4 == 0 ? 1 : 0;
        int quiet = furtherAttempts(batch, "quiet-" + random.nextInt(50), failures);
        assertThat(quiet).as("batch %d of %d tokens", i, most).isEqualTo(failures);
        firsts += records + 1;
        further += quiet;
        assertThat((double) further).isLessThanOrEqualTo(0.2 * firsts + most + 1e-6);
      }
    }

    @Test
    void one_that_stopped_failing_is_one_of_the_others_again() {
      FairTokens tokens = new FairTokens(1, 100);
      int first = 0;
      while (tokens.take("noisy")) {
        first++;
      }
      assertThat(first).isEqualTo(51);
      for (int i = 0; i < 1000; i++) {
        tokens.add();
      }
      for (int i = 0; i < 100; i++) { // others fail, each once
        tokens.take("other-" + i);
        tokens.add();
      }

      int again = 0;
      while (tokens.take("noisy")) {
        again++;
      }
      assertThat(again).isEqualTo(51);
    }
  }

  @Test
  void tokens_are_not_taken_twice_at_once() throws Exception {
    TokenBucket bucket = new TokenBucket(0.2, 1000, 1000);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      taken.add(
          threads.submit(
              () -> {
                start.await();
                int count = 0;
                while (bucket.take()) {
                  count++;
                }
                return count;
              }));
    }
    start.countDown();

    int sum = 0;
    for (Future<Integer> each : taken) {
      sum += each.get();
    }
    threads.shutdown();

    assertThat(sum).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({"-0.1,1,1", "1.1,1,1", "NaN,1,1", "0.2,-1,1", "0.2,1,-1"})
  void values_out_of_range_are_refused(double share, int floor, int environmentFloor) {
    assertThatThrownBy(() -> new RetryBudget(share, floor, environmentFloor))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("RetryBudget(");
  }
}
