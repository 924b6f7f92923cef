// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves only when somebody sleeps, or is told to; plans are done on the way, on the
 * thread that moves it. Whoever is interrupted by one sleeps no further.
 */
public final class TestTiming implements Timing {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final PriorityQueue<Plan> plans =
      new PriorityQueue<>(Comparator.comparingLong((Plan plan) -> plan.at));
  private long nanos;

  /** No record, since two plans are never the same. */
  private static final class Plan {
    private final long at;
    private final Runnable task;

    Plan(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }
  }

  @Override
  public synchronized Instant now() {
    return START.plusNanos(nanos);
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long end = nanoTime() + duration.toNanos();
    while (step(end)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable task) {
    Plan plan = new Plan(nanos + delay.toNanos(), task);
    plans.add(plan);
    return () -> cancel(plan);
  }

  private synchronized void cancel(Plan plan) {
    plans.remove(plan);
  }

  public void pass(Duration duration) {
    long end = nanoTime() + duration.toNanos();
    while (step(end)) {
      // until the end
    }
  }

  /** Moves to the next plan and does it; false once it is the end. */
  private boolean step(long end) {
    Plan plan = next(end);
    if (plan == null) {
      return false;
    }
    plan.task.run();
    return true;
  }

  private synchronized @Nullable Plan next(long end) {
    Plan plan = plans.peek();
    if (plan == null || plan.at > end) {
      nanos = Math.max(nanos, end);
      return null;
    }
    nanos = Math.max(nanos, plan.at);
    return plans.remove();
  }

  synchronized int planned() {
    return plans.size();
  }

  public synchronized Duration passed() {
    return Duration.ofNanos(nanos);
  }
}
