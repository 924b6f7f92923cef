// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FunctionRuntime;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which records run, kept from batch to batch: virtual ones where records run side
 * by side and the JDK has them, else as many of the platform's as are asked for at once. They keep
 * no process alive. They inherit no thread's locals: it is often a record that needs another
 * thread, and what is its own must not reach the next record's. Thread-safe.
 */
final class RecordThreads {

  private static final long KEPT_SECONDS = 10;

  private final Executor platform = platformThreads();
  private @Nullable Executor virtual;

  private RecordThreads() {}

  /** Those of a runtime. */
  static Executor of(FunctionRuntime runtime, int max) {
    RecordThreads threads = runtime.part(RecordThreads.class, r -> new RecordThreads());
    return max == 1 ? threads.platform : threads.virtual();
  }

  private synchronized Executor virtual() {
    if (virtual == null) {
      virtual = virtualThreads(platform);
    }
    return virtual;
  }

  /** By name, since this class is compiled for a JDK that has no such methods. */
  private static Executor virtualThreads(Executor otherwise) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
      ThreadFactory threads = (ThreadFactory) type.getMethod("factory").invoke(builder);
      return task -> withClassLoader(threads.newThread(task)).start();
    } catch (ReflectiveOperationException e) {
      return otherwise;
    }
  }

  private static Thread withClassLoader(Thread thread) {
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    return thread;
  }

  private static Executor platformThreads() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        KEPT_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          String name = "powertools-record-" + number.incrementAndGet();
          Thread thread = new Thread(null, work, name, 0, false);
          thread.setDaemon(true);
          return withClassLoader(thread);
        });
  }
}
