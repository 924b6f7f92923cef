// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.Sneaky;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Work on other threads. */
final class Threads {

  private Threads() {}

  static void onAnotherThread(Runnable work) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      thread.submit(work).get();
    } finally {
      thread.shutdownNow();
    }
  }

  static @Nullable Object callUnchecked(Call call) {
    try {
      return call.run();
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
  }

  static List<@Nullable Object> atOnce(int threads, Call call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<@Nullable Object>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(
            () -> {
              try {
                return call.run();
              } catch (Throwable t) {
                return t;
              }
            });
      }
      List<@Nullable Object> results = new ArrayList<>();
      for (Future<@Nullable Object> each : pool.invokeAll(tasks)) {
        results.add(each.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
