// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What the suites require, said with why. */
final class Check {

  private Check() {}

  static void that(boolean holds, String rule) {
    if (!holds) {
      throw new AssertionError(rule);
    }
  }

  static void same(@Nullable Object actual, @Nullable Object expected, String rule) {
    if (actual != expected) {
      throw new AssertionError(rule + " Expected " + expected + ", got " + actual + ".");
    }
  }

  static void equal(@Nullable Object actual, @Nullable Object expected, String rule) {
    if (!Objects.deepEquals(actual, expected)) {
      throw new AssertionError(rule + " Expected " + expected + ", got " + actual + ".");
    }
  }

  /** Runs all at once, a thread each, and throws what one of them threw. */
  static void atOnce(List<Callable<?>> tasks) {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Callable<?> task : tasks) {
        running.add(pool.submit(task));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The test was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AssertionError error
          ? error
          : new AssertionError("Concurrent use failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
