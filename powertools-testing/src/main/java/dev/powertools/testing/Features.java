// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.logging.spi.LogSink;

/**
 * What a test needs of the features that are on its class path. Each feature is optional, so each
 * is touched by a class of its own, which loads only if the feature is there.
 */
final class Features {

  private Features() {}

  static void configure(FunctionRuntime.Builder runtime, FunctionLogs logs) {
    if (isPresent("dev.powertools.logging.spi.LogSink")) {
      OfLogging.configure(runtime, logs);
    }
    if (isPresent("dev.powertools.idempotency.spi.IdempotencyStore")) {
      OfIdempotency.configure(runtime);
    }
  }

  private static boolean isPresent(String className) {
    try {
      Class.forName(className, false, Features.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static final class OfLogging {

    private OfLogging() {}

    static void configure(FunctionRuntime.Builder runtime, FunctionLogs logs) {
      runtime.part(LogSink.class, (line, invocation) -> logs.add(line));
    }
  }

  private static final class OfIdempotency {

    private OfIdempotency() {}

    static void configure(FunctionRuntime.Builder runtime) {
      runtime.part(IdempotencyStore.class, MemoryStore.singleEnvironment());
    }
  }
}
