// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A time that stands still until somebody moves it, and does on the way what was planned for each
 * moment: the heart of simulations and of tests.
 *
 * <p>Whoever sleeps on it does not wait: the clock jumps to the end of the sleep. Plans whose time
 * comes run on the thread that moves the clock, in the order of their times, those of one time in
 * the order in which they were made; while one runs the clock shows its time or a later one. A plan
 * may move the clock further, and make and cancel plans: so a simulated delivery can happen in the
 * middle of a handler's sleep. Time never runs backwards.
 *
 * <p>An in-process function whose clock this is dies at its deadline: a thread of the invocation
 * that moves the clock moves it to the deadline and no further, and never returns.
 *
 * <p>Thread-safe; plans run without a lock being held.
 */
public final class VirtualClock implements Timing {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Instant start;
  private final PriorityQueue<Plan> plans =
      new PriorityQueue<>(Comparator.comparing(Plan::at).thenComparing(Plan::number));
  private Instant now;
  private long planned;

  private VirtualClock(Instant start) {
    this.start = start;
    this.now = start;
  }

  /** Starts at the first moment of 2026, UTC. */
  public static VirtualClock start() {
    return startingAt(START);
  }

  /** Starts at a moment of one's own. */
  public static VirtualClock startingAt(Instant start) {
    return new VirtualClock(Objects.requireNonNull(start));
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  /** The time since the start. */
  @Override
  public synchronized long nanoTime() {
    return Duration.between(start, now).toNanos();
  }

  /**
   * {@inheritDoc} A plan that interrupts the sleeper ends its sleep at that moment, and time goes
   * no further.
   */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!duration.isNegative() && !duration.isZero()) {
      sleepUntil(now().plus(duration));
    }
  }

  private void sleepUntil(Instant moment) throws InterruptedException {
    Sandbox own = Sandbox.ofThisThread();
    Instant end = own == null ? moment : own.noLaterThanDeadline(moment);
    stopIfDead(own);
    for (Plan due = takeDue(end); due != null; due = takeDue(end)) {
      Sandbox.outside(due.action());
      stopIfDead(own);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    moveTo(end);
    stopIfDead(own);
  }

  private static void stopIfDead(@Nullable Sandbox own) {
    if (own != null) {
      own.awaitAnswerOnItsWay();
      own.stopIfDead();
    }
  }

  /**
   * Moves time forward, and does what was planned for the time in between.
   *
   * @throws IllegalArgumentException if the duration is negative: time does not run backwards
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Time does not run backwards: " + duration);
    }
    advanceTo(now().plus(duration));
  }

  /** Moves time to a moment, or leaves it where it is if that has passed; does what was planned. */
  public void advanceTo(Instant moment) {
    Sandbox own = Sandbox.ofThisThread();
    Instant end = own == null ? moment : own.noLaterThanDeadline(moment);
    stopIfDead(own);
    for (Plan due = takeDue(end); due != null; due = takeDue(end)) {
      Sandbox.outside(due.action());
      stopIfDead(own);
    }
    moveTo(end);
    stopIfDead(own);
  }

  /**
   * Plans something for a moment; one that has passed already is done when time is next moved.
   *
   * @return the plan, for {@link Plan#cancel()}
   */
  public synchronized Plan at(Instant moment, Runnable action) {
    Plan plan = new Plan(this, moment, planned++, Objects.requireNonNull(action));
    plans.add(plan);
    return plan;
  }

  /** Plans something for a time from now. */
  public Plan in(Duration delay, Runnable action) {
    return at(now().plus(delay), action);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return in(delay, task)::cancel;
  }

  /** When the next plan is due; empty if there is none. */
  public synchronized Optional<Instant> nextPlan() {
    return Optional.ofNullable(plans.peek()).map(Plan::at);
  }

  private synchronized @Nullable Plan takeDue(Instant moment) {
    Plan next = plans.peek();
    if (next == null || next.at().isAfter(moment)) {
      return null;
    }
    plans.remove();
    moveTo(next.at());
    return next;
  }

  private synchronized void moveTo(Instant moment) {
    if (moment.isAfter(now)) {
      now = moment;
    }
  }

  private synchronized void remove(Plan plan) {
    plans.remove(plan);
  }

  /** Something that is to be done at a moment. Thread-safe. */
  public static final class Plan {
    private final VirtualClock clock;
    private final Instant at;
    private final long number;
    private final Runnable action;

    private Plan(VirtualClock clock, Instant at, long number, Runnable action) {
      this.clock = clock;
      this.at = at;
      this.number = number;
      this.action = action;
    }

    /** When it is to be done. */
    public Instant at() {
      return at;
    }

    /** Drops it; does nothing if it was done already. */
    public void cancel() {
      clock.remove(this);
    }

    private long number() {
      return number;
    }

    private Runnable action() {
      return action;
    }
  }
}
