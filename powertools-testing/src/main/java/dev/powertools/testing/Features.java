// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Timing;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.logging.SinkCapture;
import dev.powertools.logging.spi.LogSink;
import java.util.Optional;

/**
 * What a test needs of the features that are on its class path. Each feature is optional, so each
 * is touched by a class of its own, which loads only if the feature is there.
 */
final class Features {

  private static final String IDEMPOTENCY = "dev.powertools.idempotency.spi.IdempotencyStore";

  private Features() {}

  static void standIn(TestRuntimes runtimes, FunctionLogs logs, TestClock clock) {
    if (isPresent("dev.powertools.logging.spi.LogSink")) {
      OfLogging.standIn(runtimes, logs);
    }
    if (isPresent(IDEMPOTENCY)) {
      OfIdempotency.standIn(runtimes, clock);
    }
  }

  /** Gives the functions of a test an SDK of their own; {@code false} if there is none. */
  static boolean standInSpans(TestRuntimes runtimes, Spans spans, Timing timing) {
    boolean present = isPresent("io.opentelemetry.sdk.OpenTelemetrySdk");
    if (present) {
      SpanRecorder.standIn(runtimes, spans, timing);
    }
    return present;
  }

  static TestStore store(FunctionRuntime runtime) {
    if (!isPresent(IDEMPOTENCY)) {
      throw new IllegalStateException(
          "There is no TestStore: powertools-idempotency is not on the class path of the test. Add"
              + " it as a dependency.");
    }
    return OfIdempotency.testStore(runtime);
  }

  /** The idempotency store that a runtime has; empty also if there is no such feature. */
  static Optional<Object> anyStore(FunctionRuntime runtime) {
    return isPresent(IDEMPOTENCY) ? OfIdempotency.store(runtime) : Optional.empty();
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

    static void standIn(TestRuntimes runtimes, FunctionLogs logs) {
      SinkCapture.install();
      LogSink sink = (line, invocation) -> logs.add(line);
      runtimes.standIn(LogSink.class, () -> sink);
    }
  }

  private static final class OfIdempotency {

    private OfIdempotency() {}

    static void standIn(TestRuntimes runtimes, TestClock clock) {
      TestStore store = TestStore.inMemory(clock);
      runtimes.standIn(TestStore.class, () -> store);
      runtimes.standIn(IdempotencyStore.class, () -> store);
      runtimes.madeBy("POWERTOOLS_IDEMPOTENCY_TABLE", IdempotencyStore.class);
    }

    static Optional<Object> store(FunctionRuntime runtime) {
      return runtime.part(IdempotencyStore.class).map(Object.class::cast);
    }

    /** The one in use if it is a test's, else the one that nobody uses. */
    static TestStore testStore(FunctionRuntime runtime) {
      return runtime
          .part(IdempotencyStore.class)
          .filter(TestStore.class::isInstance)
          .map(TestStore.class::cast)
          .or(() -> runtime.part(TestStore.class))
          .orElseThrow();
    }
  }
}
