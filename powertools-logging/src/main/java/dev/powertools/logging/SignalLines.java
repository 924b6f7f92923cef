// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Signal;
import dev.powertools.core.SignalListener;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Prints signals as lines at DEBUG, the fields as keys. */
final class SignalLines implements SignalListener {

  static final String LOGGER_NAME = "dev.powertools.signal";

  private final Logger logger;

  SignalLines(Logger logger) {
    this.logger = logger;
  }

  Logger logger() {
    return logger;
  }

  @Override
  public void onSignal(Signal signal, FunctionInvocation invocation) {
    if (logger.isDebugEnabled()) {
      LoggingEventBuilder line = logger.atDebug();
      for (Map.Entry<String, Object> field : signal.fields().entrySet()) {
        line = line.addKeyValue(field.getKey(), field.getValue());
      }
      line.log(signal.name());
    }
  }
}
