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
   * Installs it in this JVM's Logback. Does nothing where the toolkit's own appender is at work, as
   * after an earlier call, and where SLF4J has another back end.
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
    }
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
