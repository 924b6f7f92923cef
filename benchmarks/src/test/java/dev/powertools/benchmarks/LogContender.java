// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import co.elastic.logging.logback.EcsEncoder;
import dev.powertools.logging.NullStreamLog;
import java.io.OutputStream;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** Who makes JSON of a line on Logback, each in a Logback of its own. */
public enum LogContender {
  /** This toolkit, configured as in a function. */
  OURS,
  /** Logback's own. */
  LOGBACK_JSON,
  /** The most used one. */
  LOGSTASH,
  /** That of Elastic. */
  ECS;

  /** A logger whose lines go to {@code out}, and the MDC with them. */
  Logger logger(OutputStream out) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    switch (this) {
      case OURS -> NullStreamLog.configure(context, out);
      case LOGBACK_JSON -> encode(context, out, new JsonEncoder());
      case LOGSTASH -> encode(context, out, new LogstashEncoder());
      case ECS -> encode(context, out, new EcsEncoder());
    }
    context.start();
    return context.getLogger("com.example.orders.PlaceOrder");
  }

  private static void encode(
      LoggerContext context, OutputStream out, Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }
}
