// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.powertools.core.ContextCarrier;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.InvocationClosedException;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the lines of one unit of work, where more is asked than that they are written by
 * their level. A line is one of three:
 *
 * <ul>
 *   <li><b>written</b>: it has its logger's level, or the unit is sampled, or it is one for whom
 *       details are wanted. Then repeats are collapsed, and the rest is counted and limited;
 *   <li><b>kept</b> in the ring, as it was made at that moment;
 *   <li>neither, and then {@link UnitFilter} lets none of it come here.
 * </ul>
 *
 * <p>What is kept is written once there is a reason, before the line that is the reason. An ERROR
 * and a failure are reasons for the enclosing unit of work too: what a batch did before its record
 * explains the record. A record without a link of its own does as its batch does, with a ring of
 * its own; whether it is sampled, and how much may be written, is always the batch's to say.
 *
 * <p>Thread-safe. No lock is held while a line is made or written: lines of several threads stand
 * in the order in which they got there.
 */
final class UnitLines {

  private final LiveInvocation function;
  private final @Nullable UnitLines enclosing;
  private final LinePolicy policy;
  private final Notices notices;
  private final boolean decided;
  private final @Nullable Sampling sampled;
  private final @Nullable Buffering buffering;
  private final @Nullable LineRing ring;
  private final @Nullable LineMeter meter;
  private final @Nullable LineRow row;
  private final Thread thread = Thread.currentThread();
  private final long begun;
  private @Nullable DeadlineWatch watch;
  private volatile @Nullable JsonLineAppender output;
  private volatile boolean wanted;
  private volatile boolean ended;

  private UnitLines(LiveInvocation function, @Nullable UnitLines enclosing, LinePolicy policy) {
    this.function = function;
    this.enclosing = enclosing;
    this.policy = policy;
    this.notices = new Notices(function, policy.notices());
    this.begun = function.runtime().timing().nanoTime();
    Sampling own = policy.sampling();
    boolean collapsing = policy.collapsing();
    if (enclosing == null) {
      this.decided = own != null;
      this.sampled = decide(own, function);
      this.buffering = policy.buffering();
      this.meter = meter(policy);
    } else {
      this.decided = enclosing.decided || own != null;
      this.sampled = enclosing.decided ? enclosing.sampled : decide(own, function);
      this.buffering = policy.buffering() == null ? enclosing.buffering : policy.buffering();
      this.meter = enclosing.meter == null ? meter(policy) : enclosing.meter;
      collapsing |= enclosing.row != null;
    }
    this.ring = buffering == null ? null : new LineRing(buffering.maxBytes());
    this.row = collapsing ? new LineRow() : null;
  }

  private static @Nullable Sampling decide(@Nullable Sampling sampling, LiveInvocation function) {
    return sampling != null && sampling.decide(function) ? sampling : null;
  }

  private static @Nullable LineMeter meter(LinePolicy policy) {
    return policy.counting() || policy.maxBytes() > 0 ? new LineMeter(policy.maxBytes()) : null;
  }

  /** Begins, for the outermost link of a unit of work; {@code null} if that goes wrong. */
  static @Nullable UnitLines begin(LiveInvocation function, LogScope scope, LinePolicy policy) {
    try {
      return beginUnguarded(function, scope, policy);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      warn(function, e);
      return null;
    }
  }

  private static void warn(LiveInvocation function, Throwable e) {
    if (Warnings.first(UnitLines.class, function.runtime())) {
      Warnings.LOGGER.warn("Sampling and buffering of lines failed; the function goes on", e);
    }
  }

  private static UnitLines beginUnguarded(
      LiveInvocation function, LogScope scope, LinePolicy policy) {
    LogScope around = scope.parent();
    UnitLines enclosing = around == null ? null : around.lines();
    UnitLines before = scope.lines(); // as its batch does, until this link had its say
    UnitLines lines = new UnitLines(function, enclosing, policy);
    lines.register();
    if (before != null) {
      before.retire(lines);
    }
    scope.lines(lines);
    function.carry(RecordsBegin.INSTANCE);
    Sampling sampling = policy.sampling();
    if (sampling != null && (enclosing == null || !enclosing.decided)) {
      function.attributes().put(Sampling.RATE, sampling.rate());
    }
    return lines;
  }

  /** Those of a record; {@code null} if it has ended already. */
  @Nullable UnitLines inside(LiveInvocation record) {
    try {
      UnitLines lines = new UnitLines(record, this, policy.ofRecords());
      lines.register();
      return lines;
    } catch (InvocationClosedException tooLate) {
      return null;
    }
  }

  private void register() {
    function.onEnd(this::end);
    Duration margin = policy.deadlineMargin();
    if (enclosing != null && enclosing.watch != null) {
      watch = enclosing.watch;
      enclosing.watch.enter(this);
    } else if (margin != null) {
      watch = DeadlineWatch.begin(this, function, margin);
    }
  }

  private void retire(UnitLines successor) {
    ended = true;
    leaveWatch();
    endRow();
    LineRing.Taken taken = ring == null ? null : ring.take();
    if (taken != null && successor.ring != null) {
      successor.output = output;
      taken.lines().forEach(successor.ring::add);
    }
  }

  /** Whether lines of a level below the logger's are to come here. */
  boolean wants(Logger logger, Level level) {
    return !ended
        && ((sampled != null && sampled.takes(logger, level))
            || (buffering != null && buffering.takes(logger, level)));
  }

  /** Takes a line that was let through. */
  void append(ILoggingEvent event, JsonLineAppender appender) {
    if (event instanceof Notices.Notice || (ended && hasItsLevel(event))) {
      appender.emit(appender.encode(event), function);
    } else if (ended) {
      return; // it was let through to be kept, and came too late for that
    } else if (ring != null && isKept(event)) {
      keep(event, appender, ring);
    } else {
      write(event, appender);
    }
  }

  private boolean hasItsLevel(ILoggingEvent event) {
    return event.getLevel().levelInt >= emission(logger(event.getLoggerName()));
  }

  private boolean isKept(ILoggingEvent event) {
    Logger logger = logger(event.getLoggerName());
    Level level = event.getLevel();
    return !hasItsLevel(event)
        && !(sampled != null && sampled.takes(logger, level))
        && buffering != null
        && buffering.takes(logger, level);
  }

  /** The level from which on a logger's lines are written. */
  private int emission(Logger logger) {
    Level root = SinkLevels.root(function.runtime());
    return root != null && LogLevels.isRoots(logger)
        ? root.levelInt
        : logger.getEffectiveLevel().levelInt;
  }

  private void keep(ILoggingEvent event, JsonLineAppender appender, LineRing kept) {
    if (isWanted()) {
      flush();
      write(event, appender);
    } else {
      output = appender;
      kept.add(appender.encode(event));
    }
  }

  /** Whether details are wanted of this unit of work, for one of its facts; once is for good. */
  private boolean isWanted() {
    wanted = wanted || (buffering != null && buffering.isFor(function.attributes()));
    return wanted;
  }

  private void write(ILoggingEvent event, JsonLineAppender appender) {
    boolean error = event.getLevel().levelInt >= Level.ERROR_INT;
    if (error) {
      flushAll();
    }
    if (meter != null && meter.suppresses(error)) {
      return;
    }
    LineRow.Same same = row == null ? null : LineRow.Same.of(event);
    if (row != null && same != null && row.goesOn(same)) {
      return;
    }
    byte[] line = appender.encode(event);
    if (meter == null || meter.admits(line.length, error)) {
      if (row != null && same != null) {
        notices.repeated(row.begin(same));
      }
      appender.emit(line, function);
    }
  }

  /** The unit of work does not end well. */
  void failed() {
    try {
      flushAll();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      warn(function, e); // and the function's own failure goes on
    }
  }

  private void flushAll() {
    if (enclosing != null) {
      enclosing.flushAll();
    }
    flush();
  }

  /** Writes what was kept. */
  void flush() {
    LineRing.Taken taken = ring == null ? null : ring.take();
    JsonLineAppender appender = output;
    if (taken == null || appender == null) {
      return;
    }
    endRow();
    for (byte[] line : taken.lines()) {
      if (meter == null || meter.admits(line.length, false)) {
        appender.emit(line, function);
      }
    }
    notices.dropped(taken);
  }

  private void end(FinalOutcome outcome) {
    if (ended) {
      return;
    }
    if (isFailure(outcome.kind())) {
      flushAll();
    } else if (isSlow() || isWanted()) {
      flush();
    }
    ended = true;
    leaveWatch();
    if (ring != null) {
      ring.close();
    }
    endRow();
    if (meter != null && (enclosing == null || enclosing.meter != meter)) {
      notices.volume(meter.count(), policy);
    }
  }

  private static boolean isFailure(FinalOutcome.Kind kind) {
    return kind == FinalOutcome.Kind.RETRY_LATER || kind == FinalOutcome.Kind.DEAD_LETTERED;
  }

  private boolean isSlow() {
    return buffering != null && buffering.isSlow(function.runtime().timing().nanoTime() - begun);
  }

  private void leaveWatch() {
    if (watch != null) {
      watch.leave(this);
    }
  }

  private void endRow() {
    if (row != null) {
      notices.repeated(row.end());
    }
  }

  /** Says where the work stands, since its deadline is near. */
  void tellWhere(Duration margin) {
    notices.standing(thread, margin);
  }

  private Logger logger(String name) {
    return policy.notices().getLoggerContext().getLogger(name);
  }

  /** Has a record's time begin with the record, and not with its first line. */
  private enum RecordsBegin implements ContextCarrier {
    /** The only one. */
    INSTANCE;

    @Override
    public Captured capture() {
      LiveInvocation function = Scope.currentInvocation();
      if (function != null && function.isOpen()) {
        LogScope.of(function);
      }
      return () -> () -> {};
    }
  }
}
