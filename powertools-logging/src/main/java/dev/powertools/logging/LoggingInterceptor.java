// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.Attributes;
import dev.powertools.core.ContextCarrier;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.WorkContext;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.config.Config;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.MdcCarrier;
import dev.powertools.core.json.JsonPointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The link of {@link Logging}. What the outermost one of a unit of work sets is a fact, and goes
 * with the unit of work, so that lines written after the chain still have it; an inner one puts
 * back what it found.
 */
final class LoggingInterceptor implements Interceptor {

  /** Of which any that is set has {@link LoggingVariables} read. */
  private static final String[] VARIABLES = {
    "LOG_EVENT",
    "LOG_RESPONSE",
    "LOG_ERROR",
    "SAMPLE_RATE",
    "BUFFER_LEVEL",
    "BUFFER_MAX_BYTES",
    "SLOWER_THAN",
    "DEBUG_FOR",
    "COUNT_BYTES",
    "MAX_BYTES",
    "COLLAPSE_REPEATS",
    "DEADLINE_MARGIN"
  };

  private final @Nullable JsonPointer correlationId;
  private final SignalLines signals;
  private final @Nullable PayloadLines payloads;
  private final @Nullable PayloadLines outermostPayloads;
  private final @Nullable LinePolicy policy;

  private LoggingInterceptor(
      @Nullable JsonPointer correlationId,
      SignalLines signals,
      @Nullable PayloadLines payloads,
      @Nullable PayloadLines outermostPayloads,
      @Nullable LinePolicy policy) {
    this.correlationId = correlationId;
    this.signals = signals;
    this.payloads = payloads;
    this.outermostPayloads = outermostPayloads;
    this.policy = policy;
  }

  /**
   * A link. What the environment asks for of all invocations is done once for each unit of work, by
   * its outermost link.
   *
   * @param options what is asked for at its place
   */
  static LoggingInterceptor of(
      LoggingOptions options, FunctionRuntime runtime, SignalLines signals, Logger logger) {
    LoggingOptions all =
        isAnySet(runtime.config()) ? LoggingVariables.over(options, runtime) : options;
    return new LoggingInterceptor(
        options.correlationId().map(JsonPointer::of).orElse(null),
        signals,
        options.isLogAny() ? new PayloadLines(logger, options) : null,
        all.isLogAny() ? new PayloadLines(logger, all) : null,
        all.isPlain() ? null : LinePolicy.of(all, runtime, signals.logger()));
  }

  static boolean isAnySet(Config config) {
    for (String variable : VARIABLES) {
      if (config.variable("POWERTOOLS_LOGGER_".concat(variable)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Object intercept(Invocation invocation) throws Throwable {
    LiveInvocation function = (LiveInvocation) invocation.function();
    LogScope scope = LogScope.of(function);
    boolean outermost = scope.link(function, signals);
    if (!outermost) {
      return correlated(invocation, function, false);
    }
    function.carry(MdcCarrier.INSTANCE); // also for each record, if this is a batch
    ContextCarrier.Captured before = MdcCarrier.INSTANCE.capture();
    try {
      return policy == null
          ? correlated(invocation, function, true)
          : policed(policy, invocation, scope);
    } finally {
      before.attach();
    }
  }

  private @Nullable Object policed(LinePolicy asked, Invocation invocation, LogScope scope)
      throws Throwable {
    LiveInvocation function = (LiveInvocation) invocation.function();
    UnitLines lines = UnitLines.begin(function, scope, asked);
    try {
      return correlated(invocation, function, true);
    } catch (Throwable thrown) {
      if (lines != null) {
        lines.failed();
      }
      throw thrown;
    }
  }

  private @Nullable Object correlated(
      Invocation invocation, LiveInvocation function, boolean outermost) throws Throwable {
    PayloadLines told = outermost ? outermostPayloads : payloads;
    String id = correlationId == null ? null : read(correlationId, function);
    if (id == null) {
      return logged(invocation, function, told);
    }
    if (outermost) {
      function.attributes().put(CorrelationId.KEY, id);
      return logged(invocation, function, told);
    }
    try (Attributes.Restore ignored = function.attributes().during(CorrelationId.KEY, id)) {
      return logged(invocation, function, told);
    }
  }

  private static @Nullable Object logged(
      Invocation invocation, LiveInvocation function, @Nullable PayloadLines payloads)
      throws Throwable {
    if (payloads == null) {
      return invocation.proceed();
    }
    payloads.event(function);
    @Nullable Object[] arguments = invocation.arguments();
    CopiedOutput copy = payloads.copyOf(arguments);
    if (copy != null) {
      arguments[1] = copy;
    }
    try {
      Object result = invocation.proceed(arguments);
      payloads.response(result, copy, function);
      return result;
    } catch (Throwable thrown) {
      payloads.error(thrown);
      throw thrown;
    }
  }

  private static @Nullable String read(JsonPointer pointer, FunctionInvocation function) {
    try {
      String id = ofRecord(pointer, function);
      id = id == null ? find(pointer, function.event()) : id;
      return id == null || id.isEmpty() ? null : id;
    } catch (RuntimeException | LinkageError | AssertionError e) {
      if (Warnings.first(pointer)) {
        Warnings.LOGGER.warn("The correlation id can't be read; the function goes on", e);
      }
      return null;
    }
  }

  /** What the source says of a record is not in its payload, which is its event. */
  private static @Nullable String ofRecord(JsonPointer pointer, FunctionInvocation function) {
    WorkContext record = pointer.size() == 1 ? function.workContext().orElse(null) : null;
    return record == null ? null : record.attribute(pointer.name(0)).orElse(null);
  }

  /** Headers may have several values and be written in any case. */
  private static @Nullable String find(JsonPointer pointer, EventView event) {
    String id = event.text(pointer).orElse(null);
    boolean header = pointer.size() == 2 && pointer.name(0).equals("headers");
    return id == null && header ? event.header(pointer.name(1)).orElse(null) : id;
  }
}
