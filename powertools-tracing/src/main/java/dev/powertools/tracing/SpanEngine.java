// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.LiveInvocation;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans. The only face of OpenTelemetry that the rest of the module sees: what implements it
 * is loaded where an SDK or an agent was seen, and nowhere else. Never throws of itself.
 * Thread-safe.
 */
interface SpanEngine {

  /** That of a runtime; {@code null} if there are no spans. */
  static @Nullable SpanEngine of(FunctionRuntime runtime) {
    return runtime.part(Found.class, Found::look).engine;
  }

  /** Runs work in a span. */
  @Nullable Object run(
      SpanPlan plan,
      @Nullable LiveInvocation function,
      IntFunction<@Nullable Object> arguments,
      Call body)
      throws Throwable;

  /** Puts an attribute on the current span. */
  void attribute(String name, Object value);

  /** Tells the current context under the names of headers, with baggage if the destination may. */
  void inject(String destination, BiConsumer<String, String> header);

  /** The current context as X-Ray header. */
  Optional<String> xrayHeader();

  /** What was found; looked for once a runtime. */
  final class Found {

    private final @Nullable SpanEngine engine;

    private Found(@Nullable SpanEngine engine) {
      this.engine = engine;
    }

    private static Found look(FunctionRuntime runtime) {
      boolean seen =
          !TracingSettings.of(runtime).disabled()
              && OpenTelemetryClasses.areSeen(SpanEngine.class.getClassLoader());
      return new Found(seen ? make(runtime) : null);
    }

    private static @Nullable SpanEngine make(FunctionRuntime runtime) {
      try {
        return OtelEngine.of(runtime);
      } catch (RuntimeException | Error e) {
        Guard.rethrowFatal(e);
        Warnings.once(runtime, "OpenTelemetry can't be used, so there are no spans", e);
        return null;
      }
    }
  }
}
