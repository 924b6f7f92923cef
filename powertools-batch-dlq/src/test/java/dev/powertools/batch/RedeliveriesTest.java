// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.Transient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When records come again, as their queue is asked. */
class RedeliveriesTest {

  private static final BatchOptions NONE = BatchOptions.defaults();
  private static final BatchOptions GROWING =
      BatchOptions.builder()
          .redelivery(new Backoff(Duration.ofSeconds(10), 3, Duration.ofMinutes(15)))
          .build();

  private final FakeSourceQueues queues = new FakeSourceQueues();
  private final FakeDeadLetters deadLetters = FakeDeadLetters.accepting();
  private final FunctionRuntime runtime =
      Fixtures.runtime(deadLetters)
          .part(SourceQueues.class, queues)
          .part(Random.class, new Random(1))
          .build();

  @Transient(retryAfter = "30s")
  private static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private List<String> run(
      BatchOptions options, RecordWork<SqsMessage> work, SqsMessage... messages) {
    return Fixtures.failures(
        Fixtures.batch(runtime), List.of(messages), work, Dispatch.SEQUENTIAL, options);
  }

  private static SqsMessage once(String id) {
    return Fixtures.received(id, null, 1);
  }

  private static RecordWork<SqsMessage> again(Duration delay) {
    return (in, message) -> Outcome.retryAfter(delay);
  }

  private static final RecordWork<SqsMessage> FAILS =
      (in, message) -> {
        throw new IllegalStateException("no");
      };

  @Nested
  class A_delay_that_was_named {

    @Test
    void by_the_outcome_is_asked_for_without_any_option() {
      assertThat(run(NONE, again(Duration.ofMinutes(2)), once("a"))).containsExactly("a");
      assertThat(queues.hidden).containsEntry("receipt-a", 120);
    }

    @Test
    void by_the_exception_is_asked_for_as_well() {
      run(
          NONE,
          (in, message) -> {
            throw new Busy();
          },
          once("a"));

      assertThat(queues.hidden).containsEntry("receipt-a", 30);
    }

    @Test
    void comes_before_that_of_the_option() {
      run(GROWING, again(Duration.ofHours(1)), Fixtures.received("a", null, 2));

      assertThat(queues.hidden).containsEntry("receipt-a", 3600);
    }

    @Test
    void of_zero_means_at_once() {
      run(GROWING, again(Duration.ZERO), once("a"));

      assertThat(queues.hidden).containsEntry("receipt-a", 0);
    }

    @Test
    void is_never_shortened_to_whole_seconds() {
      run(NONE, again(Duration.ofMillis(1)), once("a"));
      run(NONE, again(Duration.ofMillis(2001)), once("b"));

      assertThat(queues.hidden).containsEntry("receipt-a", 1).containsEntry("receipt-b", 3);
    }

    @Test
    void is_no_longer_than_sqs_allows_even_at_the_end_of_the_longest_function() {
      run(NONE, again(Duration.ofDays(30)), once("a"));

      assertThat(queues.hidden).containsEntry("receipt-a", 42_300);
    }
  }

  @Nested
  class The_option {

    @Test
    void lets_failures_wait_longer_with_each_receive() {
      run(
          GROWING,
          FAILS,
          IntStream.range(1, 8)
              .mapToObj(receives -> Fixtures.received("m" + receives, null, receives))
              .toArray(SqsMessage[]::new));

      List<Integer> bounds = List.of(10, 30, 90, 270, 810, 900, 900);
      for (int i = 0; i < bounds.size(); i++) {
        int bound = bounds.get(i);
        assertThat(queues.hidden.get("receipt-m" + (i + 1))).isBetween(bound / 2, bound);
      }
    }

    @Test
    void spreads_what_failed_together() {
      run(
          GROWING,
          FAILS,
          IntStream.range(0, 50)
              .mapToObj(i -> Fixtures.received("m" + i, null, 5))
              .toArray(SqsMessage[]::new));

      assertThat(new HashSet<>(queues.hidden.values())).hasSizeGreaterThan(25);
    }

    @Test
    void that_is_absent_leaves_failures_the_visibility_that_they_have() {
      assertThat(run(NONE, FAILS, once("a"))).containsExactly("a");
      assertThat(queues.requests).isEmpty();
    }

    @Test
    void holds_for_dead_letters_that_nobody_confirmed() {
      FunctionRuntime noDeadLetters =
          runtime.toBuilder().part(DeadLetterQueues.class, FakeDeadLetters.none()).build();

      Fixtures.failures(
          Fixtures.batch(noDeadLetters),
          List.of(once("a")),
          (in, message) -> Outcome.deadLetter("bad"),
          Dispatch.SEQUENTIAL,
          GROWING);

      assertThat(queues.hidden.get("receipt-a")).isBetween(5, 10);
    }

    @Test
    void does_nothing_to_what_is_acknowledged() {
      run(
          GROWING,
          (in, message) -> message.id().equals("a") ? Outcome.done() : Outcome.deadLetter("bad"),
          once("a"),
          once("b"));

      assertThat(queues.requests).isEmpty();
    }
  }

  @Nested
  class In_a_fifo_queue {

    @Test
    void the_tail_waits_as_long_as_its_head_and_other_groups_go_on() {
      List<String> failed =
          run(
              GROWING,
              (in, message) -> {
                if (message.id().startsWith("x")) {
                  throw new IllegalStateException("no");
                }
                return Outcome.done();
              },
              Fixtures.received("a1", "a", 1),
              Fixtures.received("x2", "a", 4),
              Fixtures.received("b1", "b", 1),
              Fixtures.received("a3", "a", 1),
              Fixtures.received("a4", "a", 1));

      assertThat(failed).containsExactly("x2", "a3", "a4");
      assertThat(queues.hidden).containsOnlyKeys("receipt-x2", "receipt-a3", "receipt-a4");
      assertThat(queues.hidden.values()).containsOnly(queues.hidden.get("receipt-x2"));
      assertThat(queues.hidden.get("receipt-x2")).isBetween(135, 270);
    }

    @Test
    void a_tail_whose_head_keeps_its_visibility_keeps_its_own() {
      run(NONE, FAILS, Fixtures.received("a1", "a", 1), Fixtures.received("a2", "a", 1));

      assertThat(queues.requests).isEmpty();
    }
  }

  @Nested
  class What_did_not_run_for_lack_of_time {

    private final Dispatch one = (size, lanes, run) -> run.accept(0);

    private void runOne(BatchOptions options, SqsMessage... messages) {
      Fixtures.failures(Fixtures.batch(runtime), List.of(messages), FAILS, one, options);
    }

    @Test
    void comes_again_soon() {
      runOne(NONE, once("a"), once("b"));

      assertThat(queues.hidden).containsExactly(Map.entry("receipt-b", 5));
    }

    @Test
    void comes_again_when_it_is_told_to() {
      BatchOptions options = GROWING.toBuilder().unrunDelay(Duration.ofSeconds(20)).build();

      runOne(options, once("a"), once("b"));

      assertThat(queues.hidden).containsEntry("receipt-b", 20);
      assertThat(queues.hidden.get("receipt-a")).isLessThan(20);
    }

    @Test
    void in_a_group_does_not_come_before_what_failed_ahead_of_it() {
      runOne(GROWING, Fixtures.received("a1", "a", 1), Fixtures.received("a2", "a", 1));
      runOne(NONE, Fixtures.received("b1", "b", 1), Fixtures.received("b2", "b", 1));

      assertThat(queues.hidden).containsOnlyKeys("receipt-a1", "receipt-a2");
      assertThat(queues.hidden.get("receipt-a1")).isEqualTo(queues.hidden.get("receipt-a2"));
    }

    @Test
    void in_a_group_of_its_own_comes_again_together() {
      runOne(
          NONE,
          Fixtures.received("a1", "a", 1),
          Fixtures.received("b1", "b", 1),
          Fixtures.received("b2", "b", 1));

      assertThat(queues.hidden).isEqualTo(Map.of("receipt-b1", 5, "receipt-b2", 5));
    }

    @Test
    void because_none_was_left_from_the_start_comes_again_soon_too() {
      BatchRun<SqsMessage> run =
          new BatchRun<>(
              Fixtures.batch(runtime), List.of(once("a")), FAILS, new DeadLetters(null, 0), NONE);

      assertThat(Fixtures.ids(run.unacknowledged(() -> null))).containsExactly("a");
      assertThat(queues.hidden).containsEntry("receipt-a", 5);
    }

    @Test
    void is_told_apart_from_what_an_interruption_kept_from_running() {
      Fixtures.failures(
          Fixtures.batch(runtime),
          List.of(once("a"), once("b")),
          (in, message) -> {
            Thread.currentThread().interrupt();
            return Outcome.done();
          },
          Dispatch.SEQUENTIAL,
          NONE);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(queues.requests).isEmpty();
    }

    @Test
    void can_be_told_no_time_that_sqs_does_not_know() {
      assertThatThrownBy(() -> BatchOptions.builder().unrunDelay(Duration.ofHours(12)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("unrunDelay = PT12H");
    }
  }

  @Test
  void what_still_runs_keeps_the_visibility_that_it_has_and_so_does_its_group() {
    TestTiming timing = new TestTiming();
    FunctionRuntime timed = runtime.toBuilder().timing(timing).build();
    Crew crew =
        new Crew(1, timing, task -> new Thread(task, "record").start(), Duration.ofSeconds(5));
    var batch = Fixtures.batch(timed);
    crew.answered(batch);

    List<String> failed =
        Fixtures.failures(
            batch,
            List.of(Fixtures.received("a1", "a", 1), Fixtures.received("a2", "a", 1)),
            (in, message) -> {
              timing.pass(Duration.ofMinutes(1));
              return Outcome.retryAfter(Duration.ofSeconds(9));
            },
            crew,
            GROWING);

    assertThat(failed).containsExactly("a1", "a2");
    assertThat(queues.requests).isEmpty();
    batch.end(FinalOutcome.of(FinalOutcome.Kind.DONE));
  }

  @Test
  void messages_without_a_receipt_are_left_alone() {
    assertThat(run(GROWING, FAILS, Fixtures.message("a"))).containsExactly("a");
    assertThat(queues.requests).isEmpty();
  }

  @Test
  void the_queue_is_asked_for_ten_at_a_time() {
    run(
        GROWING,
        FAILS,
        IntStream.range(0, 21).mapToObj(i -> once("m" + i)).toArray(SqsMessage[]::new));

    assertThat(queues.requests.stream().map(List::size)).containsExactly(10, 10, 1);
  }

  @Nested
  class A_queue_that_does_not_do_it {

    @Test
    void changes_no_outcome() {
      queues.failure = new IllegalStateException("500");

      assertThat(run(GROWING, FAILS, once("a"))).containsExactly("a");
      assertThat(run(GROWING, FAILS, once("b"))).containsExactly("b");
      assertThat(queues.requests).hasSize(2);
    }

    @Test
    void for_lack_of_a_permission_is_not_asked_again() {
      queues.failure = new SourceQueues.DeniedException(new IllegalStateException("403"));

      assertThat(run(GROWING, FAILS, once("a"))).containsExactly("a");
      assertThat(run(GROWING, FAILS, once("b"))).containsExactly("b");
      assertThat(queues.requests).hasSize(1);
    }
  }

  @Nested
  class Values_that_cannot_work {

    @Test
    void are_refused() {
      Duration second = Duration.ofSeconds(1);

      assertThatThrownBy(() -> new Backoff(Duration.ofMillis(999), 3, second))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("base = PT0.999S");
      assertThatThrownBy(() -> new Backoff(second, 0.5, second)).hasMessageContaining("0.5");
      assertThatThrownBy(() -> new Backoff(second, Double.NaN, second)).hasMessageContaining("NaN");
      assertThatThrownBy(() -> new Backoff(second.multipliedBy(2), 3, second))
          .hasMessageContaining("max = PT1S")
          .hasMessageContaining("PT2S");
      assertThatThrownBy(() -> new Backoff(second, 3, Duration.ofSeconds(42_301)))
          .hasMessageContaining("12 h");
    }
  }

  @Test
  void delays_are_always_what_sqs_takes() {
    Seeds.forEach(
        2000,
        random -> {
          int base = 1 + random.nextInt(20_000);
          int max = base + random.nextInt(42_301 - base);
          Backoff backoff =
              new Backoff(
                  Duration.ofSeconds(base), 1 + random.nextInt(1000), Duration.ofSeconds(max));

          Duration delay = backoff.delay(random.nextInt(), random);

          assertThat(delay)
              .isBetween(Duration.ofSeconds(base).dividedBy(2), Duration.ofSeconds(max));
        });
  }
}
