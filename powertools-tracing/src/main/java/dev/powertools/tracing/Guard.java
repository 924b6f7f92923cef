// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FunctionRuntime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs what is done for spans alone: whatever it throws is said once, and goes no further. */
final class Guard {

  private static final String WHAT = "A span could not be made or written";

  private final FunctionRuntime runtime;

  Guard(FunctionRuntime runtime) {
    this.runtime = runtime;
  }

  /** After these nothing in the process can be relied on. */
  static void rethrowFatal(Throwable thrown) {
    if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
      throw fatal;
    }
  }

  void run(Runnable step) {
    get(
        () -> {
          step.run();
          return null;
        });
  }

  <T> @Nullable T get(Supplier<@Nullable T> step) {
    try {
      return step.get();
    } catch (RuntimeException | Error e) { // a broken service of the SDK is a plain Error
      rethrowFatal(e);
      Warnings.once(runtime, WHAT, e);
      return null;
    }
  }
}
