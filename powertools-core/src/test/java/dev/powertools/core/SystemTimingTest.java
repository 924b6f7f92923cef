// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.Timing.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SystemTimingTest {

  private final Timing timing = Timing.system();

  @Test
  void does_what_was_planned_on_a_daemon_thread() throws Exception {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    timing.schedule(Duration.ofNanos(1), () -> ran.complete(Thread.currentThread()));
    assertThat(ran.get(1, TimeUnit.MINUTES).isDaemon()).isTrue();
  }

  @Test
  void does_at_once_what_should_have_been_done_before() throws Exception {
    CompletableFuture<String> ran = new CompletableFuture<>();
    timing.schedule(Duration.ofSeconds(Long.MIN_VALUE), () -> ran.complete("done"));
    assertThat(ran.get(1, TimeUnit.MINUTES)).isEqualTo("done");
  }

  @Test
  void drops_what_was_cancelled() throws Exception {
    List<String> done = new CopyOnWriteArrayList<>();
    CompletableFuture<String> last = new CompletableFuture<>();
    Cancellable never = timing.schedule(Duration.ofMillis(20), () -> done.add("cancelled"));
    never.cancel();
    never.cancel();
    timing.schedule(Duration.ofMillis(40), () -> last.complete("last"));
    last.get(1, TimeUnit.MINUTES);
    assertThat(done).isEmpty();
  }

  @Test
  void can_plan_for_the_end_of_days() {
    timing.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> {}).cancel();
  }
}
