// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.local.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The SDK's timer on virtual time: its timeouts are plans of the test's clock, so they happen on
 * the thread that moves it, and what is due at once is done at once. Has no thread, so there is
 * nothing to shut down. Thread-safe.
 */
final class VirtualTimer extends AbstractExecutorService implements ScheduledExecutorService {

  private final VirtualClock clock;

  VirtualTimer(VirtualClock clock) {
    this.clock = clock;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return plan(new Planned<>(clock, () -> done(task)), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return plan(new Planned<>(clock, task), delay, unit);
  }

  private static Boolean done(Runnable task) {
    task.run();
    return true;
  }

  private <V> Planned<V> plan(Planned<V> task, long delay, TimeUnit unit) {
    if (delay <= 0) {
      task.run();
    } else {
      task.plan = clock.in(Duration.ofNanos(unit.toNanos(delay)), task);
    }
    return task;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initial, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("The SDK plans nothing that repeats");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initial, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("The SDK plans nothing that repeats");
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public void shutdown() {
    // the clock is the test's
  }

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  private static final class Planned<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final VirtualClock clock;
    private volatile VirtualClock.@org.jspecify.annotations.Nullable Plan plan;

    Planned(VirtualClock clock, Callable<V> task) {
      super(task);
      this.clock = clock;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      VirtualClock.Plan due = plan;
      return due == null ? 0 : unit.convert(Duration.between(clock.now(), due.at()));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      VirtualClock.Plan due = plan;
      if (due != null) {
        due.cancel();
      }
      return super.cancel(mayInterrupt);
    }
  }
}
