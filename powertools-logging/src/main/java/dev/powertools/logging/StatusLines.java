// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;

/**
 * Prints what Logback warns of as lines of log. It also keeps Logback from loading its own printer
 * and a date format at start. What the appender itself says of a broken stream stays a status.
 */
final class StatusLines implements StatusListener {

  private final LoggerContext context;

  private StatusLines(LoggerContext context) {
    this.context = context;
  }

  /** Prints what was said so far and what will be said. */
  static void install(LoggerContext context) {
    StatusLines lines = new StatusLines(context);
    for (Status status : context.getStatusManager().getCopyOfStatusList()) {
      lines.addStatusEvent(status);
    }
    context.getStatusManager().add(lines);
  }

  @Override
  public void addStatusEvent(Status status) {
    if (status.getLevel() >= Status.WARN && !(status.getOrigin() instanceof JsonLineAppender)) {
      context
          .getLogger(Warnings.LOGGER_NAME)
          .warn("Logback says: {}", status.getMessage(), status.getThrowable());
    }
  }
}
