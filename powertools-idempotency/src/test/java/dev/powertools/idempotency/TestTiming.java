// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Time that stands still until a test, or a sleep, moves it. Thread-safe. */
final class TestTiming implements Timing {

  static final Instant START = Instant.parse("2026-05-04T03:02:01.500Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private final NavigableMap<Instant, Runnable> plans = new TreeMap<>();
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
  public void sleep(Duration duration) throws InterruptedException {
    List<Runnable> due = slept(duration);
    due.forEach(Runnable::run);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private synchronized List<Runnable> slept(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    now = now.plus(duration);
    List<Runnable> due = new ArrayList<>();
    while (!plans.isEmpty() && !plans.firstKey().isAfter(now)) {
      due.add(plans.pollFirstEntry().getValue());
    }
    return due;
  }

  /** Has something happen as soon as a sleep goes beyond a time, on the thread that slept. */
  synchronized void whenAt(Instant time, Runnable event) {
    plans.put(time, event);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    throw new AssertionError("nothing is planned here");
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
