// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The time of this machine. */
enum SystemTiming implements Timing {
  INSTANCE;

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (duration.isNegative() || duration.isZero()) {
      return;
    }
    TimeUnit.NANOSECONDS.sleep(saturatedNanos(duration));
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return SystemPlans.in(Math.max(0, saturatedNanos(delay)), task);
  }

  private static long saturatedNanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }
}
