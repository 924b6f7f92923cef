// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static dev.powertools.idempotency.Threads.callUnchecked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.idempotency.Choices.Order;
import dev.powertools.idempotency.TestStore.Write;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Calls that wait for whoever does the work. */
class IdempotentWaitTest {

  private final Function function = new Function();
  private final Choices choices = new Choices();
  private final Order order = new Order("secret-order-id", 5);

  private @Nullable Object call() throws Throwable {
    return function.call(choices, "waiting", order);
  }

  /** A claim of the order that another environment holds. */
  private StoredRecord claimedElsewhere(Duration lease) throws Throwable {
    return claimedElsewhere("waiting", lease);
  }

  private StoredRecord claimedElsewhere(String method, Duration lease) throws Throwable {
    choices.body = () -> "probe";
    function.call(choices, method, order);
    StoredRecord mine = function.store.claims().get(0);
    function.timing.advance(Duration.ofHours(2));
    choices.bodies.set(0);
    Instant now = function.timing.now();
    StoredRecord other =
        StoredRecord.builder(mine.id(), Status.IN_PROGRESS, now.plusSeconds(3600))
            .owner("elsewhere/1")
            .claimedAt(now)
            .leaseEnd(now.plus(lease))
            .build();
    function.store.claim(other, now);
    return other;
  }

  private void complete(StoredRecord claim, String json) {
    function.store.complete(
        claim.toBuilder()
            .status(Status.COMPLETED)
            .data(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .build(),
        function.timing.now());
  }

  @Nested
  class For_another_environment {

    @Test
    void get_its_result_as_soon_as_it_is_there() throws Throwable {
      StoredRecord other = claimedElsewhere(Duration.ofSeconds(20));
      function.timing.whenAt(
          function.timing.now().plusSeconds(5), () -> complete(other, "\"theirs\""));

      assertThat(call()).isEqualTo("theirs");
      assertThat(choices.bodies).hasValue(0);
      assertThat(function.signals).endsWith("idempotency.in_progress", "idempotency.hit");
    }

    @Test
    void pause_ever_longer_and_never_in_step() throws Throwable {
      StoredRecord other = claimedElsewhere(Duration.ofSeconds(20));
      int before = function.timing.sleeps().size();
      function.timing.whenAt(
          function.timing.now().plusSeconds(10), () -> complete(other, "\"theirs\""));
      call();

      assertThat(function.timing.sleeps().subList(before, before + 1))
          .allMatch(pause -> pause.toMillis() >= 50 && pause.toMillis() <= 100);
      assertThat(function.timing.sleeps())
          .hasSizeLessThan(20)
          .allMatch(pause -> pause.compareTo(Duration.ofSeconds(2)) <= 0);
    }

    @Test
    void do_the_work_themselves_when_it_is_released() throws Throwable {
      StoredRecord other = claimedElsewhere(Duration.ofSeconds(20));
      choices.body = () -> "mine";
      function.timing.whenAt(
          function.timing.now().plusSeconds(3),
          () -> function.store.release(other, function.timing.now()));

      assertThat(call()).isEqualTo("mine");
    }

    @Test
    void take_over_when_the_lease_is_over() throws Throwable {
      claimedElsewhere(Duration.ofSeconds(3));
      choices.body = () -> "mine";

      assertThat(call()).isEqualTo("mine");
      assertThat(function.signals).endsWith("idempotency.in_progress", "idempotency.taken_over");
    }

    @Test
    void give_up_shortly_before_the_deadline_and_say_how_long_they_waited() throws Throwable {
      claimedElsewhere(Duration.ofMinutes(10));
      Instant began = function.timing.now();

      assertThatThrownBy(IdempotentWaitTest.this::call)
          .isInstanceOfSatisfying(
              InProgressException.class,
              e -> {
                assertThat(e.waited())
                    .isEqualTo(Duration.ofMillis(Function.MILLIS_LEFT).minus(Waiting.RESERVE));
                assertThat(e).hasMessageContaining("has waited for it PT29.5S");
              });
      assertThat(function.timing.now()).isEqualTo(began.plusMillis(29_500));
      assertThat(choices.bodies).hasValue(0);
    }

    @Test
    void fail_at_once_when_no_time_is_left() throws Throwable {
      claimedElsewhere(Duration.ofMinutes(10));
      LiveInvocation late = function.invocation(new TestContext("late", 400));

      assertThatThrownBy(() -> Function.callIn(late, choices, "waiting", order))
          .isInstanceOfSatisfying(InProgressException.class, e -> assertThat(e.waited()).isZero());
      assertThat(function.timing.sleeps()).isEmpty();
    }

    @Test
    void never_run_unprotected_once_another_is_known_to_work() throws Throwable {
      claimedElsewhere("waitingEvenUnprotected", Duration.ofMinutes(10));
      function.timing.whenAt(
          function.timing.now().plusMillis(1),
          () -> function.store.failNext(Write.CLAIM, new IllegalStateException("store down")));

      assertThatThrownBy(() -> function.call(choices, "waitingEvenUnprotected", order))
          .isInstanceOf(IdempotencyStoreException.class);
      assertThat(choices.bodies).hasValue(0);
    }

    @Test
    void end_when_they_are_interrupted() throws Throwable {
      claimedElsewhere(Duration.ofMinutes(10));
      function.timing.whenAt(
          function.timing.now().plusMillis(1), () -> Thread.currentThread().interrupt());

      assertThatThrownBy(IdempotentWaitTest.this::call).isInstanceOf(InProgressException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Nested
  class For_their_own_process {

    @Test
    void ask_the_store_only_when_the_other_has_ended() throws Throwable {
      CountDownLatch working = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      choices.body =
          () -> {
            working.countDown();
            goOn.await();
            return "the first";
          };
      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        Future<@Nullable Object> first =
            other.submit(() -> callUnchecked(IdempotentWaitTest.this::call));
        working.await();
        function.timing.whenAt(function.timing.now().plusMillis(200), goOn::countDown);
        function.timing.whenAt(function.timing.now().plusMillis(220), () -> join(first));

        assertThat(call()).isEqualTo("the first");
        assertThat(first.get()).isEqualTo("the first");
      } finally {
        other.shutdownNow();
      }
      assertThat(choices.bodies).hasValue(1);
      assertThat(function.store.writes())
          .containsExactly(Write.CLAIM, Write.CLAIM, Write.COMPLETE, Write.CLAIM);
    }

    private void join(Future<?> future) {
      try {
        future.get();
      } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    @Test
    void never_wait_for_their_own_claim() {
      choices.body = () -> callUnchecked(IdempotentWaitTest.this::call);

      assertThatThrownBy(IdempotentWaitTest.this::call).isInstanceOf(NestedClaimException.class);
      assertThat(function.timing.sleeps()).isEmpty();
    }

    @Test
    void never_wait_for_their_own_claim_in_a_shared_format_either() {
      Idempotency shared =
          Idempotency.of(
              IdempotencyOptions.builder()
                  .name("handleRequest")
                  .keyFormat(KeyFormat.AWS_POWERTOOLS)
                  .whenInProgress(IdempotencyOptions.WhenInProgress.WAIT)
                  .build());
      Call inner = () -> shared.execute("o-1", Integer.class, () -> 1);
      Call outer =
          () -> shared.execute("o-1", String.class, () -> String.valueOf(callUnchecked(inner)));

      assertThatThrownBy(() -> function.inside(outer)).isInstanceOf(NestedClaimException.class);
      assertThat(function.timing.sleeps()).isEmpty();
    }
  }
}
