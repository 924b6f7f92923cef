// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is moved, and does not sleep: a limit never waits. */
final class StandingClock implements Timing {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // overflows soon

  void forward(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void sleep(Duration duration) {
    throw new AssertionError("A limit waits");
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    throw new AssertionError("A limit plans");
  }
}
