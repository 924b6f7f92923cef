// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static dev.powertools.idempotency.Threads.callUnchecked;
import static dev.powertools.idempotency.Threads.onAnotherThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.Disposition;
import dev.powertools.core.Failures.Verdict;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.InvocationClosedException;
import dev.powertools.core.Outcome;
import dev.powertools.core.Propagation;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.idempotency.Shop.Order;
import dev.powertools.idempotency.TestStore.Write;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.StoredRecord;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of the claim, however the work goes. */
class IdempotentWorkTest {

  private final Function function = new Function();
  private final Shop shop = new Shop();
  private final Order order = new Order("secret-order-id", 5);

  private @Nullable Object call(String method) throws Throwable {
    return function.call(shop, method, order);
  }

  private StoredRecord lastClaim() {
    List<StoredRecord> claims = function.store.claims();
    return claims.get(claims.size() - 1);
  }

  @Nested
  class Work_that_does_not_complete {

    @Test
    void releases_and_its_exception_reaches_the_caller_unchanged() {
      IOException failure = new IOException("gateway down");
      shop.body =
          () -> {
            throw failure;
          };

      assertThatThrownBy(() -> call("text")).isSameAs(failure).hasNoSuppressedExceptions();
      assertThat(function.store.writes()).containsExactly(Write.CLAIM, Write.RELEASE);
      assertThatThrownBy(() -> call("text")).isSameAs(failure);
      assertThat(shop.bodies).hasValue(2);
    }

    @Test
    void keeps_its_exception_when_the_release_fails_which_is_suppressed_into_it() {
      IOException failure = new IOException("gateway down");
      shop.body =
          () -> {
            throw failure;
          };
      function.store.failNext(Write.RELEASE, new IllegalStateException("store down"));

      assertThatThrownBy(() -> call("text")).isSameAs(failure);
      assertThat(failure.getSuppressed())
          .hasSize(1)
          .allMatch(suppressed -> suppressed instanceof IdempotencyStoreException);
    }

    @Test
    void keeps_its_exception_when_the_cause_of_that_cannot_be_had() {
      CompletionException failure =
          new CompletionException("hostile", null) {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
              throw new IllegalStateException("getCause");
            }
          };
      shop.body =
          () -> {
            throw failure;
          };

      assertThatThrownBy(() -> call("text")).matches(thrown -> thrown == failure);
      assertThat(function.store.writes()).containsExactly(Write.CLAIM, Write.RELEASE);
    }

    @Test
    void releases_when_it_wants_to_be_retried() throws Throwable {
      shop.body = () -> Outcome.retryAfter(Duration.ofSeconds(3));

      assertThat(call("outcome")).isEqualTo(Outcome.retryAfter(Duration.ofSeconds(3)));
      call("outcome");
      assertThat(shop.bodies).hasValue(2);
    }

    @Test
    void releases_when_it_is_a_dead_letter() throws Throwable {
      shop.body = () -> Outcome.deadLetter("never");

      assertThat(call("outcome")).isEqualTo(Outcome.deadLetter("never"));
      call("outcome");
      assertThat(shop.bodies).hasValue(2);
    }

    @Test
    void does_not_release_after_an_error_of_the_virtual_machine() {
      shop.body =
          () -> {
            throw new OutOfMemoryError("heap");
          };

      assertThatThrownBy(() -> call("text")).isInstanceOf(OutOfMemoryError.class);
      assertThat(function.store.writes()).containsExactly(Write.CLAIM);
    }

    @Test
    void releases_after_any_other_error() {
      shop.body =
          () -> {
            throw new AssertionError("a test's");
          };

      assertThatThrownBy(() -> call("text")).isInstanceOf(AssertionError.class);
      assertThat(function.store.writes()).containsExactly(Write.CLAIM, Write.RELEASE);
    }
  }

  @Nested
  class While_another_works {

    private void assertInProgress(Duration leaseLeft, Duration age) {
      assertThatThrownBy(() -> call("text"))
          .isInstanceOfSatisfying(
              InProgressException.class,
              e -> {
                assertThat(e.leaseLeft()).isEqualTo(leaseLeft);
                assertThat(e.age()).contains(age);
                assertThat(e.owner().orElseThrow()).startsWith("request/");
                assertThat(e.verdict())
                    .isEqualTo(new Verdict(Disposition.WAIT, Optional.of(leaseLeft)));
                assertThat(e)
                    .hasMessageContaining(e.keyHash())
                    .hasMessageContaining(e.owner().orElseThrow());
              });
    }

    @Test
    void a_call_fails_at_once_and_says_when_to_come_back() throws Throwable {
      shop.body =
          () -> {
            function.timing.advance(Duration.ofSeconds(5));
            onAnotherThread(
                () -> assertInProgress(Duration.ofMillis(27_001), Duration.ofSeconds(5)));
            return "done";
          };

      assertThat(call("text")).isEqualTo("done");
      assertThat(shop.bodies).hasValue(1);
      assertThat(function.signals).containsExactly("idempotency.miss", "idempotency.in_progress");
    }
  }

  @Nested
  class The_lease {

    @Test
    void ends_two_seconds_after_the_deadline() throws Throwable {
      call("text");

      assertThat(lastClaim().leaseEnd()).contains(TestTiming.START.plusSeconds(32));
    }

    @Test
    void is_never_born_expired_when_the_time_is_used_up() throws Throwable {
      Function.callIn(function.invocation(new TestContext("late", 0)), shop, "text", order);

      assertThat(lastClaim().leaseEnd()).contains(TestTiming.START.plusSeconds(2));
    }

    @Test
    void is_the_configured_one_where_there_is_no_deadline() throws Throwable {
      Function.callIn(function.invocation(null), shop, "text", order);

      assertThat(lastClaim().leaseEnd()).contains(TestTiming.START.plusSeconds(900));
    }

    @Test
    void is_that_of_the_current_invocation_also_on_a_thread_of_a_pool() throws Throwable {
      ExecutorService pool = Executors.newSingleThreadExecutor();
      try {
        for (int millisLeft : new int[] {1_000, 50_000}) {
          LiveInvocation invocation = function.invocation(new TestContext("r", millisLeft));
          Order each = new Order("order " + millisLeft, 1);
          Callable<@Nullable Object> work =
              () -> callUnchecked(() -> function.call(shop, "text", each));
          Scope.of(invocation).call(() -> pool.submit(Propagation.wrapCallable(work)).get());

          assertThat(lastClaim().leaseEnd())
              .contains(TestTiming.START.plusMillis(millisLeft).plusSeconds(2));
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Test
  void is_not_begun_once_its_invocation_has_ended() throws Throwable {
    LiveInvocation invocation = function.invocation();
    shop.body = () -> "ran";
    Function.callIn(invocation, shop, "text", new Order("in time", 1));
    invocation.end(FinalOutcome.of(FinalOutcome.Kind.RETRY_LATER));

    assertThatThrownBy(() -> Function.callIn(invocation, shop, "text", order))
        .isInstanceOf(InvocationClosedException.class);
    assertThat(shop.bodies).hasValue(1);
    assertThat(function.store.records()).hasSize(1);
  }

  @Nested
  class An_interrupt {

    @Test
    void is_set_aside_during_all_writes_and_restored() throws Throwable {
      Thread.currentThread().interrupt();
      shop.body = () -> "ran " + Thread.currentThread().isInterrupted();

      assertThat(call("text")).isEqualTo("ran true");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(function.store.interrupted()).containsExactly(false, false);
    }

    @Test
    void is_set_aside_during_a_release() {
      shop.body =
          () -> {
            Thread.currentThread().interrupt();
            throw new InterruptedException("stopped");
          };

      assertThatThrownBy(() -> call("text")).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(function.store.interrupted()).containsExactly(false, false);
      assertThat(function.store.writes()).containsExactly(Write.CLAIM, Write.RELEASE);
    }

    @Test
    void during_a_failing_completion_ends_the_repetitions_and_is_restored() throws Throwable {
      shop.body =
          () -> {
            Thread.currentThread().interrupt();
            return "done";
          };
      function.store.failNext(Write.COMPLETE, new IllegalStateException("store down"));

      assertThat(call("text")).isEqualTo("done");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(function.timing.sleeps()).isEmpty();
    }
  }

  @Nested
  class A_store_that_fails {

    private final RuntimeException down = new IllegalStateException("store down");

    @Test
    void at_the_claim_lets_nothing_run() {
      function.store.failNext(Write.CLAIM, down);

      assertThatThrownBy(() -> call("text"))
          .isInstanceOf(IdempotencyStoreException.class)
          .hasCause(down);
      assertThat(shop.bodies).hasValue(0);
      assertThat(function.signals).containsExactly("idempotency.store_failed");
    }

    @Test
    void at_the_claim_by_a_checked_exception_too_lets_nothing_run() {
      function.store.failNext(Write.CLAIM, new IOException("sneaky"));

      assertThatThrownBy(() -> call("text")).isInstanceOf(IdempotencyStoreException.class);
    }

    @Test
    void at_the_completion_is_asked_again() throws Throwable {
      shop.body = () -> "done";
      function.store.failNext(Write.COMPLETE, down);
      function.store.loseNextAnswer(Write.COMPLETE, down);

      assertThat(call("text")).isEqualTo("done");
      assertThat(function.timing.sleeps())
          .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
      shop.body = () -> "again";
      assertThat(call("text")).isEqualTo("done");
    }

    @Test
    void at_every_completion_is_asked_six_times_and_the_caller_gets_the_result() throws Throwable {
      shop.body = () -> "done";
      for (int i = 0; i < 10; i++) {
        function.store.failNext(Write.COMPLETE, down);
      }

      try (LogCapture log = LogCapture.begin()) {
        assertThat(call("text")).isEqualTo("done");
        assertThat(log.lines())
            .anyMatch(line -> line.startsWith("ERROR") && line.contains("store down"));
      }
      assertThat(function.store.writes()).hasSize(1 + 6);
    }

    @Test
    void by_no_reply_at_all_is_one_that_fails() throws Throwable {
      shop.body = () -> "done";

      assertThat(callWithNoReplyTo("complete")).isEqualTo("done");
      assertThatThrownBy(() -> callWithNoReplyTo("claim"))
          .isInstanceOf(IdempotencyStoreException.class)
          .hasMessageContaining("no reply");
      assertThat(shop.bodies).hasValue(1);
    }

    private @Nullable Object callWithNoReplyTo(String write) throws Throwable {
      Object store =
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {IdempotencyStore.class},
              (proxy, method, arguments) ->
                  method.getName().equals(write) ? null : method.invoke(function.store, arguments));
      FunctionRuntime runtime =
          function.builder(Map.of()).part(IdempotencyStore.class, (IdempotencyStore) store).build();
      LiveInvocation invocation =
          LiveInvocation.under(runtime).context(new TestContext("r", Function.MILLIS_LEFT)).open();
      return Function.callIn(invocation, shop, "text", order);
    }

    @Test
    void at_the_completion_is_not_asked_again_beyond_the_time_left() throws Throwable {
      shop.body = () -> "done";
      function.store.failNext(Write.COMPLETE, down);
      LiveInvocation almostOver = function.invocation(new TestContext("r", 300));

      assertThat(Function.callIn(almostOver, shop, "text", order)).isEqualTo("done");
      assertThat(function.timing.sleeps()).isEmpty();
    }
  }
}
