// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;

/**
 * The time of one test: it stands still until the test, or something that waits, moves it. What
 * waits does not wait: the clock jumps to the end of the wait. Deadlines, leases, expiries and the
 * remaining time of the context all follow it. Thread-safe.
 */
public final class TestClock implements Timing {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Duration passed = Duration.ZERO;

  TestClock() {}

  @Override
  public synchronized Instant now() {
    return START.plus(passed);
  }

  @Override
  public synchronized long nanoTime() {
    return passed.toNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!duration.isNegative()) {
      advance(duration);
    }
  }

  /**
   * Moves time forward.
   *
   * @throws IllegalArgumentException if the duration is negative: time does not run backwards
   */
  public synchronized void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Time does not run backwards: " + duration);
    }
    passed = passed.plus(duration);
  }
}
