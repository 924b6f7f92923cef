// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the module logs until this is closed: each event with its level and stack trace. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.powertools.idempotency");
  private final boolean additive = logger.isAdditive();

  private LogCapture() {}

  static LogCapture begin() {
    LogCapture capture = new LogCapture();
    capture.setContext(capture.logger.getLoggerContext());
    capture.start();
    capture.logger.setLevel(Level.TRACE);
    capture.logger.setAdditive(false);
    capture.logger.addAppender(capture);
    return capture;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
    lines.add(event.getLevel() + " " + event.getFormattedMessage() + trace);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setAdditive(additive);
    stop();
  }
}
