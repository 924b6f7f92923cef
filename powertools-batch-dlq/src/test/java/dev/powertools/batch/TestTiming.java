// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when somebody sleeps, or is told to. */
final class TestTiming implements Timing {

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public Instant now() {
    return Instant.parse("2026-11-21T10:00:00Z").plusNanos(nanos.get());
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pass(duration);
  }

  void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  Duration passed() {
    return Duration.ofNanos(nanos.get());
  }
}
