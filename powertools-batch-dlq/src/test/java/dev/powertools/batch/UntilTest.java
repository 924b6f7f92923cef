// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the records of a batch have to end, if there is something to send after that. */
class UntilTest {

  private final TestTiming timing = new TestTiming();
  private final AtomicInteger ended = new AtomicInteger();

  private Until begun(Duration after) {
    Until until = new Until(timing, after);
    until.begin(ended::incrementAndGet);
    return until;
  }

  private void endsAfter(Duration time) {
    timing.pass(time.minusNanos(1));
    assertThat(ended).hasValue(0);
    timing.pass(Duration.ofNanos(1));
    assertThat(ended).hasValue(1);
  }

  @Test
  void is_after_the_time_that_was_given() {
    begun(Duration.ofSeconds(10));

    endsAfter(Duration.ofSeconds(10));
  }

  @Test
  void is_a_second_earlier_where_there_is_plenty_of_time() {
    Until until = begun(Duration.ofSeconds(10));

    until.bringForward();
    until.bringForward();

    endsAfter(Duration.ofSeconds(9));
  }

  @Test
  void is_a_quarter_earlier_at_most() {
    begun(Duration.ofSeconds(2)).bringForward();

    endsAfter(Duration.ofMillis(1500));
  }

  @Test
  void is_at_once_where_that_moment_has_passed() {
    Until until = begun(Duration.ofSeconds(10));
    timing.pass(Duration.ofMillis(9500));

    until.bringForward();
    timing.pass(Duration.ZERO);

    assertThat(ended).hasValue(1);
  }

  @Test
  void is_never_once_the_records_have_ended() {
    Until until = begun(Duration.ofSeconds(10));
    until.end();

    until.bringForward();
    timing.pass(Duration.ofMinutes(1));

    assertThat(ended).hasValue(0);
  }

  @Nested
  @Timeout(60)
  class In_a_batch {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FakeDeadLetters deadLetters = FakeDeadLetters.accepting();
    private final FunctionRuntime runtime = Fixtures.runtime(deadLetters).timing(timing).build();

    @AfterEach
    void stop() {
      threads.shutdownNow();
    }

    private Duration answeredAfter(Outcome first) {
      var batch = Fixtures.batch(runtime);
      Crew crew = new Crew(1, timing, threads, Duration.ofSeconds(10));
      crew.answered(batch);
      List<String> failed =
          Fixtures.failures(
              batch,
              Fixtures.messages(2),
              (in, message) -> {
                if (message.id().equals("m1")) {
                  in.pause(Duration.ofMinutes(5));
                }
                return first;
              },
              crew);
      assertThat(failed).containsExactly("m1");
      return timing.passed();
    }

    @Test
    void a_dead_letter_has_the_batch_answered_earlier_and_is_sent() {
      assertThat(answeredAfter(Outcome.deadLetter("bad"))).isEqualTo(Duration.ofSeconds(9));
      assertThat(deadLetters.heldIds()).containsExactly("m0");
    }

    @Test
    void without_one_it_uses_its_time() {
      assertThat(answeredAfter(Outcome.done())).isEqualTo(Duration.ofSeconds(10));
    }
  }
}
