// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The same line several times in a row within a unit of work. Thread-safe. */
final class LineRow {

  private static final int MAX_CAUSES = 64;

  private @Nullable Same current;
  private int repeats;

  /**
   * What is compared.
   *
   * @param pattern the message without its arguments
   * @param error the hash of the error; {@code null} if there is none
   */
  record Same(String logger, Level level, @Nullable String pattern, @Nullable String error) {

    static Same of(ILoggingEvent event) {
      return new Same(event.getLoggerName(), event.getLevel(), event.getMessage(), errorOf(event));
    }

    private static @Nullable String errorOf(ILoggingEvent event) {
      List<IThrowableProxy> causes = new ArrayList<>(0);
      IThrowableProxy each = event.getThrowableProxy();
      while (each != null && causes.size() < MAX_CAUSES) {
        causes.add(each);
        each = each.getCause();
      }
      return causes.isEmpty() ? null : ErrorHash.of(causes, new KnownFrames());
    }

    /** Not a record's own: the first call of that costs a starting function 30 ms. */
    private boolean is(@Nullable Same other) {
      return other != null
          && level == other.level
          && logger.equals(other.logger)
          && Objects.equals(pattern, other.pattern)
          && Objects.equals(error, other.error);
    }
  }

  /**
   * A row that is over, and of which more than the first line was left out.
   *
   * @param repeats how many lines were left out
   */
  record Ended(Same line, int repeats) {}

  /** Whether a line goes on with the row; then it is counted. */
  synchronized boolean goesOn(Same line) {
    boolean goesOn = line.is(current);
    repeats += goesOn ? 1 : 0;
    return goesOn;
  }

  /** Ends the row, and begins one with a line. */
  synchronized @Nullable Ended begin(Same line) {
    Ended ended = end();
    current = line;
    return ended;
  }

  /** Ends the row; {@code null} if no line was left out. */
  synchronized @Nullable Ended end() {
    Ended ended = current == null || repeats == 0 ? null : new Ended(current, repeats);
    current = null;
    repeats = 0;
    return ended;
  }
}
