// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.time.Duration;
import java.time.Instant;

/**
 * Clock and sleep in one: the only reader of clocks and the only sleeper, so that a test that gives
 * another one rules time. Thread-safe.
 */
public interface Timing {

  /** The wall clock. */
  Instant now();

  /** A monotonic clock in nanoseconds, for differences only. */
  long nanoTime();

  /**
   * Waits.
   *
   * @param duration how long; zero or less returns at once
   * @throws InterruptedException if the thread is interrupted, before or while waiting
   */
  void sleep(Duration duration) throws InterruptedException;

  /** The time of this machine. */
  static Timing system() {
    return SystemTiming.INSTANCE;
  }
}
