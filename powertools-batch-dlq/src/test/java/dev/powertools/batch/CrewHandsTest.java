// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.Timing;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the threads of a batch: who goes on when, and in what state they are left. */
@Timeout(60)
class CrewHandsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestTiming clock = new TestTiming();
  private final CountDownLatch pauseIsOver = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

  /**
   * Tells when a plan is dropped: a pause drops its own when it ends, with the crew's lock held.
   */
  private final Timing timing =
      new Timing() {
        @Override
        public Instant now() {
          return clock.now();
        }

        @Override
        public long nanoTime() {
          return clock.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          clock.sleep(duration);
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
          Cancellable plan = clock.schedule(delay, task);
          return () -> {
            plan.cancel();
            pauseIsOver.countDown();
          };
        }
      };

  private final FunctionRuntime runtime =
      Fixtures.runtime(FakeDeadLetters.accepting()).timing(timing).build();
  private final LiveInvocation batch = Fixtures.batch(runtime);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void who_has_paused_goes_on_before_records_that_have_not_begun() {
    Fixtures.failures(
        batch,
        Fixtures.messages(4),
        (in, message) -> {
          ran.add(message.id());
          if (message.id().equals("m0")) {
            FunctionInvocation.current().orElseThrow().pause(SECOND);
            ran.add("m0 again");
          } else if (message.id().equals("m1")) {
            clock.pass(SECOND);
            pauseIsOver.await();
          }
          return Outcome.done();
        },
        new Crew(1, timing, threads, null));

    assertThat(ran).containsExactly("m0", "m1", "m0 again", "m2", "m3");
  }

  @Test
  void who_has_paused_waits_until_there_is_a_permit_again() {
    AtomicInteger awake = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

    Fixtures.failures(
        batch,
        Fixtures.messages(2),
        (in, message) -> {
          if (message.id().equals("m0")) {
            FunctionInvocation.current().orElseThrow().pause(SECOND);
            seen.add(awake.get());
          } else {
            awake.incrementAndGet();
            clock.pass(SECOND);
            pauseIsOver.await();
            seen.add(seen.size());
            awake.decrementAndGet();
          }
          return Outcome.done();
        },
        new Crew(1, timing, threads, null));

    assertThat(seen).containsExactly(0, 0);
  }

  @Test
  void who_still_runs_when_the_batch_has_to_be_answered_is_interrupted()
      throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Crew crew = new Crew(1, timing, threads, SECOND);
    crew.answered(batch);

    List<String> failed =
        Fixtures.failures(
            batch,
            Fixtures.messages(1),
            (in, message) -> {
              threads.execute(() -> clock.pass(SECOND));
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
              return Outcome.done();
            },
            crew);

    assertThat(failed).containsExactly("m0");
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_dead_letter_of_a_group_that_is_still_on_its_way_then_is_not_sent_again()
      throws InterruptedException {
    requireNothingBehind(List.of(Fixtures.received("a1", "a", 1), Fixtures.received("a2", "a", 1)));
  }

  @Test
  void neither_does_the_rest_of_its_group_run_where_each_runs_alone() throws InterruptedException {
    requireNothingBehind(List.of(Fixtures.received("a1", "a", 3), Fixtures.received("a2", "a", 3)));
  }

  /** The dead letter of the first hangs as a network does until the batch is answered. */
  private void requireNothingBehind(List<SqsMessage> messages) throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    FakeDeadLetters slow =
        FakeDeadLetters.answering(
            (queue, letters) -> {
              threads.execute(() -> clock.pass(SECOND));
              awaitUninterruptibly(goOn);
              sent.countDown();
              return queue.accept(letters);
            });
    LiveInvocation own =
        Fixtures.batch(
            runtime.toBuilder()
                .part(DeadLetterQueues.class, slow)
                .part(SourceQueues.class, new FakeSourceQueues())
                .build());
    BatchRun<SqsMessage> run =
        new BatchRun<>(
            own,
            messages,
            (in, message) -> {
              ran.add(message.id());
              return message.id().equals("a1") ? Outcome.deadLetter("bad") : Outcome.done();
            },
            new DeadLetters(null, 0),
            BatchOptions.defaults());

    List<SqsMessage> failed =
        run.unacknowledged(
            () -> {
              Crew crew = new Crew(1, timing, threads, SECOND);
              crew.answered(own);
              return crew;
            });

    assertThat(Fixtures.ids(failed)).containsExactly("a1", "a2");
    assertThat(ran).containsExactly("a1");
    goOn.countDown();
    assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(slow.requests).hasSize(1);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean waiting = true;
    while (waiting) {
      try {
        latch.await();
        waiting = false;
      } catch (InterruptedException e) {
        // hangs on
      }
    }
  }

  @Test
  void a_thread_is_given_back_without_a_flag() throws InterruptedException {
    List<Boolean> flags = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch back = new CountDownLatch(1);
    Crew crew =
        new Crew(
            1,
            timing,
            task ->
                threads.execute(
                    () -> {
                      task.run();
                      flags.add(Thread.currentThread().isInterrupted());
                      back.countDown();
                    }),
            SECOND);
    crew.answered(batch);

    Fixtures.failures(
        batch,
        Fixtures.messages(1),
        (in, message) -> {
          clock.pass(Duration.ZERO);
          Thread time = new Thread(() -> clock.pass(SECOND));
          time.start();
          time.join();
          return Outcome.done();
        },
        crew);

    assertThat(back.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(flags).containsExactly(false);
  }
}
