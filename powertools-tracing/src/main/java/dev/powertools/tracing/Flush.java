// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has the SDK export what it holds, before the platform freezes the process. Waits no longer than
 * the timeout, and leaves the function a little of the time that it has.
 *
 * <p>The API offers no flush. The SDK does, behind wrappers that hide it from those who have the
 * API alone; it is found by the names of its methods, so that the SDK need not be there. Where none
 * is found (an agent, another implementation) there is nothing to do.
 */
record Flush(FunctionInvocation function, OpenTelemetry openTelemetry, Duration timeout)
    implements Runnable {

  private static final Duration MARGIN = Duration.ofMillis(20);

  @Override
  public void run() {
    FunctionRuntime runtime = function.runtime();
    Duration left = timeLeft();
    if (left.isNegative() || left.isZero()) {
      return;
    }
    try {
      Object provider = provider();
      Object result = provider == null ? null : call(provider, "forceFlush");
      if (result != null && !isDone(result, left)) {
        Warnings.once(
            runtime,
            "Spans were not exported in time (TracingOptions.flushTimeout, or the function's)",
            null);
      }
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      Guard.rethrowFatal(e);
      Warnings.once(runtime, "Spans could not be flushed", e);
    }
  }

  private Duration timeLeft() {
    Duration left = function.remaining().map(each -> each.minus(MARGIN)).orElse(timeout);
    return left.compareTo(timeout) < 0 ? left : timeout;
  }

  private @Nullable Object provider() throws ReflectiveOperationException {
    Object own = call(openTelemetry, "getSdkTracerProvider");
    if (own != null) {
      return own;
    }
    Object offered = openTelemetry.getTracerProvider();
    Object hidden = call(offered, "unobfuscate");
    return hidden == null ? offered : hidden;
  }

  private static boolean isDone(Object result, Duration left) throws ReflectiveOperationException {
    Method join = result.getClass().getMethod("join", long.class, TimeUnit.class);
    join.invoke(result, left.toNanos(), TimeUnit.NANOSECONDS);
    return Boolean.TRUE.equals(call(result, "isSuccess"));
  }

  /** Calls a method without parameters; {@code null} if there is none that may be called. */
  private static @Nullable Object call(Object target, String name)
      throws ReflectiveOperationException {
    Method method;
    try {
      method = target.getClass().getMethod(name);
    } catch (NoSuchMethodException e) {
      return null;
    }
    try {
      return method.trySetAccessible() ? method.invoke(target) : null;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
