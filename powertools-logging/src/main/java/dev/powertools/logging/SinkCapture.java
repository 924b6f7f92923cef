// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import dev.powertools.core.config.Config;
import dev.powertools.logging.spi.LogSink;
import java.util.Iterator;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Has each runtime's {@link LogSink} get its lines also where a configuration file of the user's
 * has replaced {@link PowertoolsConfigurator}: for harnesses, which see a function's lines whatever
 * its Logback is told. What the file configures stays as it is, and goes on writing.
 *
 * <p>The lines are those of the toolkit's layout, and come from all loggers but those that the file
 * gives {@code additivity="false"}. Stateless, hence thread-safe.
 */
public final class SinkCapture {

  private SinkCapture() {}

  /**
   * Installs it in this JVM's Logback, and has the level that a runtime's own settings ask for rule
   * its lines, since functions with different levels share one JVM here. Adds no appender where the
   * toolkit's own is at work, as after an earlier call, and does nothing where SLF4J has another
   * back end.
   */
  public static void install() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      install(context);
    }
  }

  static void install(LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    synchronized (context) {
      if (!isAtWork(root)) {
        JsonLineAppender appender = new JsonLineAppender(JsonLayout.of(Config.environment()), null);
        appender.setName("powertools-sinks");
        appender.setContext(context);
        appender.start();
        root.addAppender(appender);
      }
      SinkLevels.install(context);
    }
  }

  /** Whether the toolkit's own appender writes the lines of a Logback. */
  static boolean isOwnOutput(LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    for (Iterator<Appender<ILoggingEvent>> each = root.iteratorForAppenders(); each.hasNext(); ) {
      if (each.next() instanceof JsonLineAppender own && own.isOutput()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAtWork(Logger root) {
    for (Iterator<Appender<ILoggingEvent>> each = root.iteratorForAppenders(); each.hasNext(); ) {
      if (each.next() instanceof JsonLineAppender) {
        return true;
      }
    }
    return false;
  }
}
