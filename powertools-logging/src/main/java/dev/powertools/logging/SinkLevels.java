// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Scope;
import dev.powertools.logging.spi.LogSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Gives each runtime whose lines go to a {@link LogSink} the root level that its own settings ask
 * for, as the process's do in production. Loggers with a level of their own keep it. Thread-safe.
 */
final class SinkLevels extends TurboFilter {

  private SinkLevels() {}

  /** Installs it in a Logback, once; under the lock of the context. */
  static void install(LoggerContext context) {
    for (TurboFilter each : context.getTurboFilterList()) {
      if (each instanceof SinkLevels) {
        return;
      }
    }
    context.addTurboFilter(new SinkLevels());
  }

  /** What the settings of one runtime ask for, if it has a sink and they say anything. */
  private record OfRuntime(@Nullable Level root) {

    static OfRuntime of(FunctionRuntime runtime) {
      boolean said = LineSettings.of(runtime).sink() != null && LogLevels.isSaid(runtime.config());
      return new OfRuntime(said ? LogLevels.of(runtime.config()).root() : null);
    }
  }

  /** The root level of a runtime; {@code null} if it is the process's. */
  static @Nullable Level root(FunctionRuntime runtime) {
    return runtime.part(OfRuntime.class, OfRuntime::of).root();
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    Scope scope = Scope.current();
    Level root = scope == null ? null : root(scope.runtime());
    if (root == null || !LogLevels.isRoots(logger)) {
      return FilterReply.NEUTRAL;
    }
    return level.isGreaterOrEqual(root) || UnitFilter.isLowered(logger, level)
        ? FilterReply.ACCEPT
        : FilterReply.DENY;
  }
}
