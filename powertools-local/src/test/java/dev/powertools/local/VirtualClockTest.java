// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

  private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

  private final VirtualClock clock = VirtualClock.startingAt(NINE);
  private final List<String> done = new ArrayList<>();

  @Test
  void stands_still_until_it_is_moved() {
    assertThat(clock.now()).isEqualTo(NINE);
    clock.advance(Duration.ofSeconds(5));
    assertThat(clock.now()).isEqualTo(NINE.plusSeconds(5));
    assertThat(clock.nanoTime()).isEqualTo(5_000_000_000L);
  }

  @Test
  void does_what_is_planned_in_the_order_of_time_and_then_of_planning() {
    clock.in(Duration.ofSeconds(2), () -> done.add("b at " + clock.now()));
    clock.in(Duration.ofSeconds(1), () -> done.add("a at " + clock.now()));
    clock.in(Duration.ofSeconds(2), () -> done.add("c at " + clock.now()));
    clock.in(Duration.ofSeconds(9), () -> done.add("late"));

    clock.advance(Duration.ofSeconds(3));

    assertThat(done)
        .containsExactly(
            "a at 2026-03-01T09:00:01Z", "b at 2026-03-01T09:00:02Z", "c at 2026-03-01T09:00:02Z");
    assertThat(clock.now()).isEqualTo(NINE.plusSeconds(3));
    assertThat(clock.nextPlan()).contains(NINE.plusSeconds(9));
  }

  @Test
  void lets_a_plan_plan_and_move_time_itself() {
    clock.in(
        Duration.ofSeconds(1),
        () -> {
          clock.in(Duration.ofSeconds(1), () -> done.add("planned by the first"));
          clock.advance(Duration.ofSeconds(7));
        });

    clock.advance(Duration.ofSeconds(3));

    assertThat(done).containsExactly("planned by the first");
    assertThat(clock.now()).as("time never runs backwards").isEqualTo(NINE.plusSeconds(8));
  }

  @Test
  void drops_what_was_cancelled() {
    clock.in(Duration.ofSeconds(1), () -> done.add("cancelled")).cancel();
    clock.advance(Duration.ofSeconds(3));
    assertThat(done).isEmpty();
  }

  @Test
  void does_what_the_toolkit_schedules_unless_that_was_cancelled() {
    clock.schedule(Duration.ofSeconds(1), () -> done.add("at " + clock.now()));
    clock.schedule(Duration.ofSeconds(1), () -> done.add("cancelled")).cancel();
    clock.advance(Duration.ofSeconds(3));
    assertThat(done).containsExactly("at 2026-03-01T09:00:01Z");
  }

  @Test
  void jumps_to_the_end_of_a_sleep_and_is_woken_by_an_interrupt() throws InterruptedException {
    clock.sleep(Duration.ofMinutes(1));
    assertThat(clock.now()).isEqualTo(NINE.plusSeconds(60));

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> clock.sleep(Duration.ofMinutes(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(clock.now()).isEqualTo(NINE.plusSeconds(60));
  }

  @Test
  void a_plan_that_interrupts_the_sleeper_ends_its_sleep_there() {
    Thread sleeper = Thread.currentThread();
    clock.in(Duration.ofSeconds(2), sleeper::interrupt);

    assertThatThrownBy(() -> clock.sleep(Duration.ofMinutes(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(clock.now()).isEqualTo(NINE.plusSeconds(2));
  }

  @Test
  void refuses_to_run_backwards() {
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1S");
  }
}
