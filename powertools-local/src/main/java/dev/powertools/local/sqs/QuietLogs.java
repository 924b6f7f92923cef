// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Keeps the embedded queue's own log out of the user's: it tells of every queue at INFO. A level
 * that the user set stays.
 */
final class QuietLogs {

  private static final List<String> LOGGERS = List.of("org.elasticmq", "org.apache.pekko");

  private QuietLogs() {}

  static void ofElasticMq() {
    ILoggerFactory bound = LoggerFactory.getILoggerFactory();
    if (bound.getClass().getName().equals("ch.qos.logback.classic.LoggerContext")) {
      InLogback.quiet(bound);
    }
  }

  /** Touches Logback's classes, which may be absent. */
  private static final class InLogback {

    private InLogback() {}

    static void quiet(ILoggerFactory bound) {
      LoggerContext context = (LoggerContext) bound;
      for (String name : LOGGERS) {
        Logger logger = context.getLogger(name);
        if (logger.getLevel() == null) {
          logger.setLevel(Level.WARN);
        }
      }
    }
  }
}
