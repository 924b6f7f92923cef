// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.powertools.core.internal.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Gives each test the log level that it sets by {@code POWERTOOLS_LOG_LEVEL}: in production that is
 * the root logger's, here tests with different levels share one JVM. Loggers with a level of their
 * own keep it. Thread-safe.
 */
final class TestLevels extends TurboFilter {

  private TestLevels() {}

  /** Installs it, once for this JVM's Logback; does nothing where SLF4J has another back end. */
  static void install() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      synchronized (context) {
        if (context.getTurboFilterList().stream().noneMatch(TestLevels.class::isInstance)) {
          context.addTurboFilter(new TestLevels());
        }
      }
    }
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    Level wanted = wanted();
    Logger root = logger.getLoggerContext().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (wanted == null || logger.getEffectiveLevel() != root.getLevel()) {
      return FilterReply.NEUTRAL;
    }
    return level.isGreaterOrEqual(wanted) ? FilterReply.ACCEPT : FilterReply.DENY;
  }

  private static @Nullable Level wanted() {
    Scope scope = Scope.current();
    return scope == null || !(scope.runtime().timing() instanceof TestClock)
        ? null
        : scope
            .runtime()
            .config()
            .variable("POWERTOOLS_LOG_LEVEL")
            .map(text -> Level.toLevel(text, Level.INFO))
            .orElse(null);
  }
}
