// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.time.Duration;
import java.time.Instant;

/**
 * Clock, sleep and plans in one: the only reader of clocks and the only sleeper, so that a test
 * that gives another one rules time. Thread-safe.
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

  /**
   * Plans something for later. It runs once, on a thread of the clock's own choice: it must be
   * short, must not throw, and finds no unit of work in force. An environment that was frozen runs
   * it late, so it looks first whether there is still something to do.
   *
   * @param delay how long from now; zero or less is as soon as possible
   */
  Cancellable schedule(Duration delay, Runnable task);

  /** Something that was planned. Thread-safe. */
  @FunctionalInterface
  interface Cancellable {

    /** Drops it; does nothing if it was done already. Does not wait for it if it is being done. */
    void cancel();
  }

  /** The time of this machine. */
  static Timing system() {
    return SystemTiming.INSTANCE;
  }
}
