// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Keeps a throwable whose methods throw from breaking the code that logs it. Logback reads a
 * throwable when it makes the event, inside of the caller's {@code log.error(…)}; so this looks at
 * it first, and where that goes wrong, logs the line itself with what can be read.
 */
final class ThrowableGuard extends TurboFilter {

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      @Nullable Object @Nullable [] params,
      @Nullable Throwable t) {
    Throwable thrown = t != null ? t : last(params);
    if (thrown == null
        || (level.levelInt < logger.getEffectiveLevel().levelInt
            && !UnitFilter.isLowered(logger, level))
        || SafeThrowable.isReadable(thrown)) {
      return FilterReply.NEUTRAL;
    }
    GuardedEvent event = new GuardedEvent(logger, level, format, t == null ? cut(params) : params);
    event.guard(thrown);
    event.addMarker(marker);
    logger.callAppenders(event);
    return FilterReply.DENY;
  }

  @Override
  public FilterReply decide(Logger logger, org.slf4j.event.LoggingEvent line) {
    @Nullable Object[] params = line.getArgumentArray();
    Throwable thrown = line.getThrowable() != null ? line.getThrowable() : last(params);
    if (thrown == null || SafeThrowable.isReadable(thrown)) {
      return FilterReply.NEUTRAL;
    }
    GuardedEvent event =
        new GuardedEvent(
            logger,
            Level.convertAnSLF4JLevel(line.getLevel()),
            line.getMessage(),
            line.getThrowable() == null ? cut(params) : params);
    event.guard(thrown);
    List<KeyValuePair> pairs = line.getKeyValuePairs();
    event.setKeyValuePairs(pairs == null ? new ArrayList<>() : pairs);
    logger.callAppenders(event);
    return FilterReply.DENY;
  }

  private static @Nullable Throwable last(@Nullable Object @Nullable [] params) {
    return params != null && params.length > 0 && params[params.length - 1] instanceof Throwable t
        ? t
        : null;
  }

  private static @Nullable Object @Nullable [] cut(@Nullable Object @Nullable [] params) {
    return params == null ? null : Arrays.copyOf(params, params.length - 1);
  }

  /** An event that Logback has not read the throwable for. */
  private static final class GuardedEvent extends LoggingEvent {

    private @Nullable SafeThrowable thrown;

    GuardedEvent(
        Logger logger,
        Level level,
        @Nullable String message,
        @Nullable Object @Nullable [] params) {
      super(Logger.FQCN, logger, level, message, null, null);
      setArgumentArray(params);
    }

    void guard(Throwable unreadable) {
      this.thrown = SafeThrowable.of(unreadable);
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
      return thrown;
    }

    /** What is below the guard, and below Logback and SLF4J that called it. */
    @Override
    public StackTraceElement[] getCallerData() {
      StackTraceElement[] stack = new Throwable().getStackTrace();
      String guard = ThrowableGuard.class.getName();
      int at = 0;
      while (at < stack.length && !stack[at].getClassName().equals(guard)) {
        at++;
      }
      while (at < stack.length && isLogging(stack[at].getClassName(), guard)) {
        at++;
      }
      return Arrays.copyOfRange(stack, at, stack.length);
    }

    private static boolean isLogging(String type, String guard) {
      return type.equals(guard)
          || type.startsWith("ch.qos.logback.classic.")
          || type.startsWith("org.slf4j.");
    }
  }
}
