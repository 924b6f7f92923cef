// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static dev.powertools.batch.Fixtures.failures;
import static dev.powertools.batch.Fixtures.grouped;
import static dev.powertools.batch.Fixtures.message;
import static dev.powertools.batch.Fixtures.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How records run side by side, wait, and are left behind. */
@Timeout(60)
class CrewTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestTiming timing = new TestTiming();
  private final FunctionRuntime runtime =
      Fixtures.runtime(FakeDeadLetters.accepting()).timing(timing).build();
  private final LiveInvocation batch = Fixtures.batch(runtime);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger mostAtWork = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    Thread.interrupted();
  }

  private Crew crew(int max, @Nullable Duration until) {
    Crew crew = new Crew(max, timing, threads, until);
    crew.answered(batch);
    return crew;
  }

  private List<String> run(Dispatch dispatch, List<SqsMessage> given, RecordWork<SqsMessage> work) {
    return failures(
        batch,
        given,
        (invocation, message) -> {
          mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
          try {
            ran.add(message.messageId());
            return work.call(invocation, message);
          } finally {
            atWork.decrementAndGet();
          }
        },
        dispatch);
  }

  private static RecordWork<SqsMessage> done() {
    return (invocation, message) -> Outcome.done();
  }

  private static void pause(Duration duration) throws InterruptedException {
    FunctionInvocation.current().orElseThrow().pause(duration);
  }

  @Nested
  class Records {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void all_run_once_and_no_more_than_were_asked_for_at_a_time(int max) {
      assertThat(run(crew(max, null), messages(200), done())).isEmpty();

      assertThat(ran).hasSize(200).doesNotHaveDuplicates();
      assertThat(mostAtWork.get()).isBetween(1, max);
    }

    @Test
    void one_at_a_time_run_in_the_order_of_the_batch() {
      run(crew(1, null), messages(20), done());

      assertThat(ran).isEqualTo(Fixtures.ids(messages(20)));
    }

    @Test
    void really_run_side_by_side() {
      CountDownLatch all = new CountDownLatch(8);

      run(
          crew(8, null),
          messages(8),
          (invocation, message) -> {
            all.countDown();
            all.await();
            return Outcome.done();
          });

      assertThat(mostAtWork).hasValue(8);
    }

    @Test
    void of_a_group_keep_their_order_while_groups_run_side_by_side() {
      List<SqsMessage> given = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        given.add(grouped("m" + i, "g" + i % 5));
      }

      run(crew(8, null), given, done());

      Map<Integer, List<Integer>> byGroup = new HashMap<>();
      for (String id : ran) {
        int number = Integer.parseInt(id.substring(1));
        byGroup.computeIfAbsent(number % 5, g -> new ArrayList<>()).add(number);
      }
      assertThat(byGroup.values()).hasSize(5).allSatisfy(group -> assertThat(group).isSorted());
    }

    @Test
    void leave_no_flag_of_interruption_to_the_next() {
      List<Boolean> flags = Collections.synchronizedList(new ArrayList<>());

      List<String> failed =
          run(
              crew(1, null),
              messages(3),
              (invocation, message) -> {
                flags.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
                return Outcome.done();
              });

      assertThat(failed).isEmpty();
      assertThat(flags).containsExactly(false, false, false);
    }

    @Test
    void that_break_the_machine_fail_the_batch() {
      OutOfMemoryError error = new OutOfMemoryError();

      assertThatThrownBy(
              () ->
                  run(
                      crew(4, null),
                      messages(10),
                      (invocation, message) -> {
                        throw error;
                      }))
          .isSameAs(error);
    }

    @Test
    void for_which_no_thread_can_be_had_fail_the_batch() {
      Executor none =
          task -> {
            throw new RejectedExecutionException("no thread");
          };

      assertThatThrownBy(() -> run(new Crew(4, timing, none, null), messages(3), done()))
          .isInstanceOf(RejectedExecutionException.class);
      assertThat(ran).isEmpty();
    }

    @Test
    void whose_context_does_not_reach_their_threads_fail_the_batch() {
      batch.carry(
          () ->
              () -> {
                throw new IllegalStateException("nothing to attach");
              });

      assertThatThrownBy(
              () -> Fixtures.inside(Scope.of(batch), () -> run(crew(2, null), messages(3), done())))
          .hasMessage("nothing to attach");
      assertThat(ran).isEmpty();
    }

    @Test
    void run_on_the_threads_that_can_be_had() {
      AtomicInteger left = new AtomicInteger(2);
      Executor few =
          task -> {
            if (left.decrementAndGet() < 0) {
              throw new RejectedExecutionException("no thread");
            }
            threads.execute(task);
          };

      assertThat(run(new Crew(16, timing, few, null), messages(50), done())).isEmpty();
      assertThat(ran).hasSize(50);
    }
  }

  @Nested
  class A_pause {

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void lets_others_run_meanwhile(int max) {
      run(
          crew(max, null),
          messages(51),
          (invocation, message) -> {
            if (message.messageId().equals("m0")) {
              pause(SECOND.multipliedBy(2));
              ran.add("m0 again");
            }
            return Outcome.done();
          });

      assertThat(timing.passed()).isEqualTo(SECOND.multipliedBy(2));
      assertThat(ran).hasSize(52).endsWith("m0 again");
    }

    @Test
    void of_many_records_costs_the_batch_the_longest_one() {
      run(
          crew(1, null),
          messages(10),
          (invocation, message) -> {
            pause(SECOND.plusMillis(Integer.parseInt(message.messageId().substring(1))));
            return Outcome.done();
          });

      assertThat(timing.passed()).isEqualTo(SECOND.plusMillis(9));
      assertThat(mostAtWork.get()).isGreaterThan(1);
    }

    @Test
    void gives_no_more_permits_than_there_are_when_it_is_over() {
      AtomicInteger awake = new AtomicInteger();
      AtomicInteger mostAwake = new AtomicInteger();

      run(
          crew(2, null),
          messages(12),
          (invocation, message) -> {
            pause(SECOND);
            mostAwake.accumulateAndGet(awake.incrementAndGet(), Math::max);
            for (int i = 0; i < 10_000; i++) {
              Thread.onSpinWait();
            }
            awake.decrementAndGet();
            return Outcome.done();
          });

      assertThat(mostAwake.get()).isBetween(1, 2);
    }

    @Test
    void in_a_group_keeps_the_rest_of_the_group_waiting() {
      run(
          crew(1, null),
          List.of(grouped("a1", "a"), grouped("a2", "a"), grouped("b1", "b")),
          (invocation, message) -> {
            if (message.messageId().equals("a1")) {
              pause(SECOND);
            }
            return Outcome.done();
          });

      assertThat(ran).containsExactly("a1", "b1", "a2");
    }

    @Test
    void of_all_at_once_with_more_records_than_threads_comes_to_an_end() {
      assertThat(
              run(
                  crew(1, null),
                  messages(100),
                  (invocation, message) -> {
                    pause(SECOND);
                    return Outcome.done();
                  }))
          .isEmpty();

      assertThat(ran).hasSize(100);
      assertThat(mostAtWork.get()).isLessThanOrEqualTo(1 + 16);
    }

    @Test
    void on_a_thread_of_the_records_own_is_a_plain_wait() {
      run(
          crew(1, null),
          messages(1),
          (invocation, message) -> {
            Thread own =
                new Thread(
                    () -> {
                      try {
                        invocation.pause(SECOND);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    });
            own.start();
            own.join();
            return Outcome.done();
          });

      assertThat(timing.passed()).isEqualTo(SECOND);
    }
  }

  @Nested
  class When_the_deadline_nears {

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    /** Hangs as if it heard no interrupt, and comes to an outcome in the end. */
    private Object hang() {
      boolean waiting = true;
      while (waiting) {
        try {
          goOn.await();
          waiting = false;
        } catch (InterruptedException e) {
          // goes on
        }
      }
      return Outcome.done();
    }

    private List<String> runWithOneThatHangs(int max) {
      return run(
          crew(max, SECOND),
          messages(4),
          (invocation, message) -> {
            if (message.messageId().equals("m1")) {
              threads.execute(() -> timing.pass(SECOND));
              try {
                return hang();
              } finally {
                over.countDown();
              }
            }
            return Outcome.done();
          });
    }

    @Test
    void the_batch_is_answered_without_the_record_that_hangs_and_those_that_had_no_turn() {
      assertThat(runWithOneThatHangs(1)).containsExactly("m1", "m2", "m3");
      assertThat(ran).containsExactly("m0", "m1");
      goOn.countDown();
    }

    @Test
    void what_comes_too_late_changes_nothing() throws InterruptedException {
      Fixtures.Ends ends = new Fixtures.Ends();
      List<String> failed =
          run(
              crew(1, SECOND),
              List.of(message("late")),
              (invocation, message) -> {
                ends.watch(invocation, message);
                threads.execute(() -> timing.pass(SECOND));
                hang();
                over.countDown();
                return Outcome.deadLetter("too late");
              });

      assertThat(failed).containsExactly("late");
      goOn.countDown();
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertThat(over.getCount()).isZero();
      assertThat(ends.of("late")).containsExactly("RETRY_LATER");
    }

    @Test
    void pauses_are_broken_off_and_their_records_delivered_again() {
      List<String> failed =
          run(
              crew(1, SECOND),
              messages(3),
              (invocation, message) -> {
                if (message.messageId().equals("m0")) {
                  pause(SECOND.multipliedBy(60));
                }
                return Outcome.done();
              });

      assertThat(failed).containsExactly("m0");
      assertThat(timing.passed()).isEqualTo(SECOND);
    }

    @Test
    void a_thread_of_the_batch_that_moves_the_clock_stays_until_the_batch_is_answered() {
      List<String> failed =
          run(
              crew(1, SECOND),
              messages(2),
              (invocation, message) -> {
                timing.pass(SECOND.multipliedBy(60));
                return Outcome.done();
              });

      assertThat(failed).containsExactly("m0", "m1");
      assertThat(timing.passed()).isEqualTo(SECOND);
    }
  }

  @Test
  void an_interruption_of_the_platforms_thread_stops_the_batch_and_stays_visible() {
    Thread platform = Thread.currentThread();

    List<String> failed =
        run(
            crew(1, null),
            messages(3),
            (invocation, message) -> {
              if (message.messageId().equals("m1")) {
                platform.interrupt();
                new CountDownLatch(1).await();
              }
              return Outcome.done();
            });

    assertThat(failed).containsExactly("m1", "m2");
    assertThat(Thread.interrupted()).isTrue();
  }
}
