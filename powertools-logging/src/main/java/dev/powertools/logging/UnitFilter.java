// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets lines below their logger's level through where the unit of work of the thread wants them. No
 * level is ever changed, so nothing has to be put back, and nobody else sees any of it. Stateless,
 * hence thread-safe.
 */
final class UnitFilter extends TurboFilter {

  private UnitFilter() {}

  /** Installs it in a Logback, once. */
  static void install(LoggerContext context) {
    synchronized (context) {
      for (TurboFilter each : context.getTurboFilterList()) {
        if (each instanceof UnitFilter) {
          return;
        }
      }
      context.addTurboFilter(new UnitFilter());
    }
  }

  /** Whether the unit of work of this thread wants lines of a level below the logger's. */
  static boolean isLowered(Logger logger, Level level) {
    LiveInvocation function = Scope.currentInvocation();
    UnitLines lines = function == null ? null : LogScope.of(function).lines();
    return lines != null && lines.wants(logger, level);
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    return level.levelInt < logger.getEffectiveLevel().levelInt && isLowered(logger, level)
        ? FilterReply.ACCEPT
        : FilterReply.NEUTRAL;
  }
}
