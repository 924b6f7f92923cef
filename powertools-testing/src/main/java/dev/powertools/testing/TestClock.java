// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.Timing;
import dev.powertools.local.VirtualClock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time of one test: it stands still until the test, or something that waits, moves it. What
 * waits does not wait: the clock jumps to the end of the wait. Deadlines, leases, expiries, the
 * remaining time of the context and the simulated event sources all follow it. Thread-safe.
 */
public final class TestClock implements Timing {

  private final VirtualClock clock = VirtualClock.start();

  TestClock() {}

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
    return clock.schedule(delay, task);
  }

  /**
   * Moves time forward; what is planned for the time in between, such as a delivery, happens.
   *
   * @throws IllegalArgumentException if the duration is negative: time does not run backwards
   */
  public void advance(Duration duration) {
    clock.advance(duration);
  }

  VirtualClock virtual() {
    return clock;
  }
}
