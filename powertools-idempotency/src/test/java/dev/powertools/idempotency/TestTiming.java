// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that stands still until a test, or a sleep, moves it. Thread-safe. */
final class TestTiming implements Timing {

  static final Instant START = Instant.parse("2026-05-04T03:02:01.500Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private Instant now = START;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanoTime() {
    return Duration.between(START, now).toNanos();
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    now = now.plus(duration);
  }

  synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  synchronized void set(Instant instant) {
    now = instant;
  }

  synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
