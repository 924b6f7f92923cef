// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Tells what became of the lines of a unit of work. Such a line is written whatever the levels are,
 * and is itself neither kept, counted, suppressed nor collapsed; it has the facts of its unit of
 * work, whichever thread it comes from. Thread-safe.
 */
final class Notices {

  private final LiveInvocation function;
  private final Logger own;

  Notices(LiveInvocation function, Logger own) {
    this.function = function;
    this.own = own;
  }

  /** A line that tells of others. */
  static final class Notice extends LoggingEvent {

    private Notice(Logger logger, Level level, String message, @Nullable Object... arguments) {
      super(Logger.FQCN, logger, level, message, null, null);
      setArgumentArray(arguments);
    }

    private Notice with(String key, Object value) {
      addKeyValuePair(new KeyValuePair(key, value));
      return this;
    }
  }

  /** Of what was dropped before the kept lines that were just written, if anything was. */
  void dropped(LineRing.Taken taken) {
    if (taken.dropped() > 0) {
      write(
          own,
          new Notice(
                  own,
                  Level.WARN,
                  "{} kept lines were dropped before these, {} of them longer than the whole"
                      + " buffer. Raise maxBufferBytes to see them.",
                  taken.dropped(),
                  taken.tooLong())
              .with("dropped_lines", taken.dropped()));
    }
  }

  /** Of lines that were left out since they were the same. */
  void repeated(LineRow.@Nullable Ended ended) {
    if (ended != null) {
      LineRow.Same line = ended.line();
      Logger logger = own.getLoggerContext().getLogger(line.logger());
      write(
          logger,
          new Notice(logger, line.level(), "Repeated {} times: {}", ended.repeats(), line.pattern())
              .with("repeated_times", ended.repeats()));
    }
  }

  /** Of how much was written, and not written, as far as that was asked for. */
  void volume(LineMeter.Count count, LinePolicy policy) {
    if (count.suppressed() > 0) {
      write(
          own,
          new Notice(
                  own,
                  Level.WARN,
                  "{} lines suppressed: the invocation may write {} bytes of them (maxBytes)",
                  count.suppressed(),
                  policy.maxBytes())
              .with("suppressed_lines", count.suppressed()));
    }
    if (policy.counting() && count.lines() > 0) {
      write(
          own,
          new Notice(own, Level.INFO, "{} lines of {} bytes logged", count.lines(), count.bytes())
              .with("log_lines", count.lines())
              .with("log_bytes", count.bytes()));
    }
  }

  /** Of where the work stands. */
  void standing(Thread thread, Duration margin) {
    StringBuilder stack = new StringBuilder();
    for (StackTraceElement frame : thread.getStackTrace()) {
      stack.append("\tat ").append(frame).append('\n');
    }
    write(
        own,
        new Notice(
                own,
                Level.WARN,
                "The deadline is {} ms away, and the work has not ended: the stack says where thread"
                    + " \"{}\" stands",
                margin.toMillis(),
                thread.getName())
            .with("stack", stack));
  }

  private void write(Logger logger, Notice notice) {
    try (Scope.Attached ignored = Scope.of(function).attach()) {
      logger.callAppenders(notice);
    }
  }
}
