// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterAttachableImpl;
import ch.qos.logback.core.spi.FilterReply;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.logging.spi.LogSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes each event as one line, by one call of the stream; the lock is held for that call only. A
 * runtime's {@link LogSink} comes before the stream; without a stream, only its lines are made. It
 * does not extend Logback's base class, which drops what an object logs while it is logged.
 */
final class JsonLineAppender extends ContextAwareBase implements Appender<ILoggingEvent> {

  private final JsonLayout layout;
  private final @Nullable OutputStream out;
  private final LinePool lines = new LinePool();
  private final ReentrantLock writing = new ReentrantLock();
  private final FilterAttachableImpl<ILoggingEvent> filters = new FilterAttachableImpl<>();
  private @Nullable String name;
  private volatile boolean started;

  JsonLineAppender(JsonLayout layout, @Nullable OutputStream out) {
    this.layout = layout;
    this.out = out;
  }

  @Override
  public void doAppend(ILoggingEvent event) {
    if (started && getFilterChainDecision(event) != FilterReply.DENY) {
      try {
        append(event);
      } catch (Throwable thrown) {
        addError("A line could not be written", thrown); // and the function goes on
      }
    }
  }

  private void append(ILoggingEvent event) throws IOException {
    LiveInvocation function = Scope.currentInvocation();
    LogScope here = function == null ? null : LogScope.of(function);
    LogSink sink = sink(here);
    if (sink == null && out == null) {
      return;
    }
    UnitLines unit = here == null || out == null ? null : here.lines();
    if (unit != null) {
      unit.append(event, this);
      return;
    }
    Line line = lines.take();
    layout.write(event, line, (LoggerContext) getContext());
    emit(line.bytes(), line.size(), sink, function);
    lines.giveBack(line);
  }

  /** Whether it has a stream of its own, and does not only look on for sinks. */
  boolean isOutput() {
    return out != null;
  }

  /** The line of an event, as it is now. */
  byte[] encode(ILoggingEvent event) {
    Line line = lines.take();
    layout.write(event, line, (LoggerContext) getContext());
    byte[] bytes = Arrays.copyOf(line.bytes(), line.size());
    lines.giveBack(line);
    return bytes;
  }

  /** Writes a line of a unit of work, which may have been made some time ago. */
  void emit(byte[] line, LiveInvocation function) {
    try {
      emit(line, line.length, sink(LogScope.of(function)), function);
    } catch (IOException e) {
      addError("A line could not be written", e); // and the function goes on
    }
  }

  private void emit(
      byte[] bytes, int length, @Nullable LogSink sink, @Nullable LiveInvocation function)
      throws IOException {
    if ((sink == null || !accepted(sink, bytes, length, function)) && out != null) {
      write(out, bytes, length);
    }
  }

  private void write(OutputStream stream, byte[] bytes, int length) throws IOException {
    writing.lock();
    try {
      stream.write(bytes, 0, length);
    } finally {
      writing.unlock();
    }
  }

  private static @Nullable LogSink sink(@Nullable LogScope here) {
    if (here != null) {
      return here.settings().sink();
    }
    Scope scope = Scope.current();
    return scope == null ? null : LineSettings.of(scope.runtime()).sink();
  }

  private boolean accepted(
      LogSink sink, byte[] bytes, int length, @Nullable LiveInvocation function) {
    try {
      sink.accept(Arrays.copyOf(bytes, length - 1), Optional.ofNullable(function));
      return true;
    } catch (RuntimeException | LinkageError | AssertionError e) {
      addError("A log sink threw; the line goes where lines go without it", e);
      return false;
    }
  }

  @Override
  public @Nullable String getName() {
    return name;
  }

  @Override
  public void setName(@Nullable String value) {
    this.name = value;
  }

  @Override
  public void start() {
    started = true;
  }

  @Override
  public void stop() {
    started = false;
  }

  @Override
  public boolean isStarted() {
    return started;
  }

  @Override
  public void addFilter(Filter<ILoggingEvent> filter) {
    filters.addFilter(filter);
  }

  @Override
  public void clearAllFilters() {
    filters.clearAllFilters();
  }

  @Override
  public List<Filter<ILoggingEvent>> getCopyOfAttachedFiltersList() {
    return filters.getCopyOfAttachedFiltersList();
  }

  @Override
  public FilterReply getFilterChainDecision(ILoggingEvent event) {
    return filters.getFilterChainDecision(event);
  }
}
