// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import dev.powertools.core.Timing.Cancellable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What is planned on this machine's time: one thread for all of it, from the first plan on, which
 * keeps no process alive. Thread-safe.
 */
final class SystemPlans {

  private static final ClassValue<ScheduledThreadPoolExecutor> OF_PROCESS =
      new ClassValue<>() {
        @Override
        protected ScheduledThreadPoolExecutor computeValue(Class<?> ignored) {
          return begin();
        }
      };

  private SystemPlans() {}

  static Cancellable in(long nanos, Runnable task) {
    Future<?> plan = OF_PROCESS.get(SystemPlans.class).schedule(task, nanos, TimeUnit.NANOSECONDS);
    return () -> plan.cancel(false);
  }

  private static ScheduledThreadPoolExecutor begin() {
    ScheduledThreadPoolExecutor plans = new ScheduledThreadPoolExecutor(1, SystemPlans::thread);
    plans.setRemoveOnCancelPolicy(true); // a plan holds on to its invocation
    return plans;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "powertools-timing");
    thread.setDaemon(true);
    return thread;
  }
}
