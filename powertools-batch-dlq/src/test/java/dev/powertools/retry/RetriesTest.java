// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.powertools.core.Disposition;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Outcome;
import dev.powertools.core.Permanent;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Transient;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Sneaky;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Units units = new Units();
  private final AtomicInteger calls = new AtomicInteger();

  @Permanent
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Transient(retryAfter = "1500ms")
  static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static final class Elsewhere extends PowertoolsException {
    private static final long serialVersionUID = 1L;

    Elsewhere() {
      super("elsewhere");
    }

    @Override
    public Disposition disposition() {
      return Disposition.WAIT;
    }
  }

  /** A wrapper without anything in it. */
  static final class Hollow extends CompletionException {
    private static final long serialVersionUID = 1L;

    Hollow() {
      super("hollow");
    }
  }

  private static RetryOptions.Builder steady() {
    return RetryOptions.builder().name("charge").jitter(Jitter.NONE);
  }

  private static Retries retries() {
    return Retries.of(steady().build());
  }

  /** Fails so many times, then gives the number of its calls. */
  private Retries.Work<Integer, IOException> failing(int times) {
    return () -> {
      if (calls.incrementAndGet() <= times) {
        throw new IOException("call " + calls);
      }
      return calls.get();
    };
  }

  private static @Nullable Throwable failure(
      LiveInvocation invocation, Retries retries, Retries.Action<Exception> work) {
    return catchThrowable(
        () ->
            Units.in(
                invocation,
                () -> {
                  retries.run(work);
                  return null;
                }));
  }

  /** What it throws, which is always the same. */
  private void requireOneAttempt(Throwable thrown) {
    Throwable failure =
        failure(
            units.invocation(MINUTE),
            retries(),
            () -> {
              calls.incrementAndGet();
              throw Sneaky.rethrow(thrown);
            });

    assertThat(failure).isSameAs(thrown).hasNoSuppressedExceptions();
    assertThat(calls).hasValue(1);
    assertThat(units.clock.passed()).isZero();
  }

  @Nested
  class Work_that_fails_in_passing {

    @Test
    void is_tried_again_after_a_delay_that_grows() {
      Object result = Units.in(units.invocation(MINUTE), () -> retries().call(failing(2)));

      assertThat(result).isEqualTo(3);
      assertThat(units.clock.passed()).isEqualTo(Duration.ofMillis(300));
      assertThat(units.signals)
          .containsExactly(
              new RetrySignal.Again("charge", 2, Duration.ofMillis(100), "java.io.IOException"),
              new RetrySignal.Again("charge", 3, Duration.ofMillis(200), "java.io.IOException"),
              new RetrySignal.Recovered("charge", 3));
    }

    @Test
    void waits_no_longer_than_the_longest_delay() {
      Retries retries =
          Retries.of(steady().attempts(4).max(Duration.ofMillis(150)).multiplier(10).build());

      Units.in(units.invocation(MINUTE), () -> retries.call(failing(3)));

      assertThat(units.clock.passed()).isEqualTo(Duration.ofMillis(100 + 150 + 150));
    }

    @Test
    void fails_with_its_last_failure_and_tells_the_earlier_ones() {
      List<Throwable> thrown = new ArrayList<>();

      Throwable failure =
          failure(
              units.invocation(MINUTE),
              retries(),
              () -> {
                IOException each = new IOException("call " + thrown.size());
                thrown.add(each);
                throw each;
              });

      assertThat(thrown).hasSize(3);
      assertThat(failure).isSameAs(thrown.get(2));
      assertThat(failure.getSuppressed()).containsExactly(thrown.get(0), thrown.get(1));
      assertThat(units.signals)
          .endsWith(new RetrySignal.Exhausted("charge", 3, "java.io.IOException"));
    }

    @Test
    void is_called_once_where_there_is_one_attempt() {
      Retries once = Retries.of(steady().attempts(1).build());

      assertThat(failure(units.invocation(MINUTE), once, () -> failing(1).run()))
          .hasMessage("call 1");
      assertThat(units.signals).isEmpty();
    }

    @Test
    void says_the_attempt_while_one_after_the_first_runs() {
      List<Optional<Integer>> seen = new ArrayList<>();
      LiveInvocation invocation = units.invocation(MINUTE);

      failure(
          invocation,
          retries(),
          () -> {
            seen.add(FunctionInvocation.current().orElseThrow().attributes().get(Retries.ATTEMPT));
            throw new IOException();
          });

      assertThat(seen).containsExactly(Optional.empty(), Optional.of(2), Optional.of(3));
      assertThat(invocation.attributes().get(Retries.ATTEMPT)).isEmpty();
    }

    @Test
    void is_tried_again_outside_any_function_without_a_deadline() throws IOException {
      AtomicInteger attempts = new AtomicInteger();

      Integer result =
          Retries.of(steady().base(Duration.ofMillis(1)).estimate(Duration.ofMinutes(14)).build())
              .call(
                  () -> {
                    if (attempts.incrementAndGet() < 3) {
                      throw new IOException();
                    }
                    return attempts.get();
                  });

      assertThat(result).isEqualTo(3);
    }

    @Test
    void keeps_its_result_also_if_it_is_null() {
      assertThat(
              Units.in(
                  units.invocation(MINUTE),
                  () -> retries().<@Nullable Object, Exception>call(() -> null)))
          .isNull();
    }

    @Test
    void is_tried_again_inside_a_wrapper_that_holds_nothing() {
      Throwable failure =
          failure(
              units.invocation(MINUTE),
              retries(),
              () -> {
                calls.incrementAndGet();
                throw new Hollow();
              });

      assertThat(failure).isInstanceOf(Hollow.class);
      assertThat(calls).hasValue(3);
    }

    @Test
    void is_not_tried_again_once_it_fails_for_good() {
      Throwable failure =
          failure(
              units.invocation(MINUTE),
              retries(),
              () -> {
                if (calls.incrementAndGet() == 1) {
                  throw new IOException("busy");
                }
                throw new Refused();
              });

      assertThat(failure).isInstanceOf(Refused.class);
      assertThat(failure.getSuppressed()).singleElement().isInstanceOf(IOException.class);
      assertThat(calls).hasValue(2);
    }
  }

  @Nested
  class A_failure_that_is_none_in_passing {

    @Test
    void is_permanent() {
      requireOneAttempt(new Refused());
    }

    @Test
    void is_permanent_inside_a_wrapper() {
      requireOneAttempt(new CompletionException(new Refused()));
    }

    @Test
    void is_an_error() {
      requireOneAttempt(new AssertionError("broken"));
      calls.set(0);
      requireOneAttempt(new OutOfMemoryError("for a test"));
      calls.set(0);
      requireOneAttempt(new CompletionException(new NoClassDefFoundError("for a test")));
    }

    @Test
    void is_work_that_is_done_elsewhere() {
      requireOneAttempt(new Elsewhere());
    }

    @Test
    void is_an_interruption_whose_flag_is_restored() {
      requireOneAttempt(new InterruptedException());

      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void is_an_outcome() {
      Object result =
          Units.in(
              units.invocation(MINUTE),
              () ->
                  retries()
                      .call(
                          () -> {
                            calls.incrementAndGet();
                            return Outcome.retryAfter(Duration.ofSeconds(1));
                          }));

      assertThat(result).isEqualTo(Outcome.retryAfter(Duration.ofSeconds(1)));
      assertThat(calls).hasValue(1);
    }
  }

  @Nested
  class The_delay {

    @Test
    void is_as_long_as_the_failure_says_at_least() {
      failure(
          units.invocation(MINUTE),
          Retries.of(steady().max(Duration.ofSeconds(9)).multiplier(20).build()),
          () -> {
            throw new Busy();
          });

      assertThat(units.clock.passed()).isEqualTo(Duration.ofMillis(1500 + 2000));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void is_the_same_for_the_same_seed(long seed) {
      List<Duration> passed = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Units each = new Units().seed(seed);
        failure(
            each.invocation(MINUTE),
            Retries.of(RetryOptions.builder().attempts(9).jitter(Jitter.DECORRELATED).build()),
            () -> {
              throw new IOException();
            });
        passed.add(each.clock.passed());
      }

      assertThat(passed.get(0)).isPositive().isEqualTo(passed.get(1));
    }

    @Test
    void ends_with_an_interruption_and_the_failure_stays() {
      IOException thrown = new IOException();
      LiveInvocation invocation = units.invocation(MINUTE);
      Thread test = Thread.currentThread();
      units.clock.schedule(Duration.ofMillis(50), test::interrupt);

      Throwable failure =
          failure(
              invocation,
              retries(),
              () -> {
                calls.incrementAndGet();
                throw thrown;
              });

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure).isSameAs(thrown);
      assertThat(calls).hasValue(1);
    }

    @Test
    void does_not_begin_after_an_interruption() {
      failure(
          units.invocation(MINUTE),
          retries(),
          () -> {
            calls.incrementAndGet();
            Thread.currentThread().interrupt();
            throw new IOException();
          });

      assertThat(Thread.interrupted()).isTrue();
      assertThat(calls).hasValue(1);
      assertThat(units.signals).isEmpty();
    }

    @Test
    void does_not_begin_when_the_work_was_answered_meanwhile() {
      LiveInvocation invocation = units.invocation(MINUTE);

      failure(
          invocation,
          retries(),
          () -> {
            calls.incrementAndGet();
            invocation.end(new FinalOutcome(FinalOutcome.Kind.NOT_RUN, null));
            throw new IOException();
          });

      assertThat(calls).hasValue(1);
    }

    @Test
    void leads_to_nothing_when_the_work_was_answered_meanwhile() {
      LiveInvocation invocation = units.invocation(MINUTE);
      units.clock.schedule(
          Duration.ofMillis(50),
          () -> invocation.end(new FinalOutcome(FinalOutcome.Kind.NOT_RUN, null)));

      failure(invocation, retries(), () -> failing(9).run());

      assertThat(calls).hasValue(1);
    }
  }

  @Nested
  class The_time_left {

    private Throwable timed(LiveInvocation invocation, Duration each, Retries retries) {
      Throwable failure =
          failure(
              invocation,
              retries,
              () -> {
                calls.incrementAndGet();
                units.clock.pass(each);
                throw new IOException();
              });
      return java.util.Objects.requireNonNull(failure);
    }

    @Test
    void allows_an_attempt_that_just_fits() {
      // 2 s of work, 100 ms of delay, 2 s of work, and the reserve of 1 s
      timed(units.invocation(Duration.ofMillis(5100)), Duration.ofSeconds(2), retries());
      assertThat(calls).hasValue(2);
      assertThat(units.signalNames()).containsExactly("retry.again", "retry.denied_by_time");
    }

    @Test
    void denies_one_that_does_not() {
      timed(units.invocation(Duration.ofMillis(5099)), Duration.ofSeconds(2), retries());

      assertThat(calls).hasValue(1);
      assertThat(units.signals)
          .containsExactly(
              new RetrySignal.DeniedByTime(
                  "charge", 1, Duration.ofMillis(2100), "java.io.IOException"));
      assertThat(units.clock.passed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void is_held_against_the_estimate_if_there_is_one() {
      Retries brief = Retries.of(steady().estimate(Duration.ofMillis(10)).build());

      timed(units.invocation(Duration.ofMillis(5099)), Duration.ofSeconds(2), brief);

      assertThat(calls).hasValue(2);
    }

    @Test
    void is_less_by_the_reserve_of_the_batch() {
      LiveInvocation batch = units.invocation(Duration.ofSeconds(10));
      batch.reserve(Duration.ofSeconds(8));

      timed(batch.child().open(), Duration.ofSeconds(1), retries());

      assertThat(calls).hasValue(1);
    }

    @Test
    void is_kept_for_the_answer_by_a_quarter_where_there_is_little() {
      timed(units.invocation(Duration.ofMillis(800)), Duration.ofMillis(250), retries());

      assertThat(calls).as("250 + 100 + 250 and a reserve of 200").hasValue(2);
    }

    @Test
    void is_asked_again_after_the_delay() {
      LiveInvocation slow =
          LiveInvocation.under(units.runtime())
              .context(units.invocation(Duration.ofSeconds(10)).context().orElseThrow())
              .pauser(duration -> units.clock.pass(duration.plusSeconds(9)))
              .open();

      timed(slow, Duration.ofMillis(1), retries());

      assertThat(calls).hasValue(1);
      assertThat(units.signalNames()).containsExactly("retry.again", "retry.denied_by_time");
    }

    @Test
    void denies_a_wait_that_no_function_lives_to_see() {
      Throwable failure =
          failure(
              LiveInvocation.under(units.runtime()).open(),
              retries(),
              () -> {
                throw new VeryBusy();
              });

      assertThat(failure).isInstanceOf(VeryBusy.class);
      assertThat(units.signalNames()).containsExactly("retry.denied_by_time");
    }
  }

  @Transient(retryAfter = "16m")
  static final class VeryBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Nested
  class Work_that_is_not_waited_for {

    @Test
    void is_an_error() {
      assertThatThrownBy(
              () ->
                  Units.in(
                      units.invocation(MINUTE),
                      () ->
                          retries()
                              .call(
                                  () -> {
                                    calls.incrementAndGet();
                                    return new CompletableFuture<>();
                                  })))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("\"charge\" returned before it was done")
          .hasMessageContaining("join()");
      assertThat(calls).hasValue(1);
    }
  }
}
