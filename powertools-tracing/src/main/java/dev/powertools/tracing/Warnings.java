// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.WarnedOf;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What is said once a runtime: spans degrade, the function goes on. */
final class Warnings {

  private static final String LOGGER_NAME = "dev.powertools.tracing";

  private Warnings() {}

  static void once(FunctionRuntime runtime, String what, @Nullable Throwable because) {
    if (runtime.part(WarnedOf.class, r -> new WarnedOf()).first(LOGGER_NAME + what)) {
      try {
        LoggerFactory.getLogger(LOGGER_NAME)
            .warn("{}; the function goes on, and this is said only once", what, because);
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
        return; // an exception that can't be printed
      }
    }
  }
}
