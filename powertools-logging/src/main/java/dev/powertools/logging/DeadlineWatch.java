// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.Timing.Cancellable;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells, shortly before an invocation's deadline, where it stands: after it nothing can be told any
 * more. In a batch that is where its open records stand. Thread-safe.
 */
final class DeadlineWatch {

  private final UnitLines invocation;
  private final LiveInvocation function;
  private final Duration margin;
  private final Set<UnitLines> records = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Cancellable plan;

  private DeadlineWatch(UnitLines invocation, LiveInvocation function, Duration margin) {
    this.invocation = invocation;
    this.function = function;
    this.margin = margin;
  }

  /** Begins; {@code null} where there is no deadline, or none that leaves the margin. */
  static @Nullable DeadlineWatch begin(
      UnitLines invocation, LiveInvocation function, Duration margin) {
    try {
      Duration remaining = function.remaining().orElse(null);
      if (remaining == null || isTooLong(margin, remaining, function)) {
        return null;
      }
      DeadlineWatch watch = new DeadlineWatch(invocation, function, margin);
      watch.plan =
          function.runtime().timing().schedule(remaining.minus(margin), watch::deadlineNears);
      return watch;
    } catch (RuntimeException | LinkageError | AssertionError e) {
      if (Warnings.first(DeadlineWatch.class, function.runtime())) {
        Warnings.LOGGER.warn("The deadline can't be watched; the function goes on", e);
      }
      return null;
    }
  }

  private static boolean isTooLong(Duration margin, Duration remaining, LiveInvocation function) {
    boolean tooLong = margin.compareTo(remaining) >= 0;
    if (tooLong && Warnings.first(DeadlineWatch.class, function.runtime())) {
      Warnings.LOGGER.warn(
          "deadlineMargin is {} ms, but an invocation has {} ms, so its deadline is not watched."
              + " Give it a margin well below the function's timeout.",
          margin.toMillis(),
          remaining.toMillis());
    }
    return tooLong;
  }

  void enter(UnitLines record) {
    records.add(record);
  }

  /** A record is over, or all of it. */
  void leave(UnitLines unit) {
    Cancellable planned = plan;
    if (unit != invocation) {
      records.remove(unit);
    } else if (planned != null) {
      planned.cancel();
    }
  }

  /** An environment that was frozen meanwhile gets here late, in another invocation. */
  private void deadlineNears() {
    if (!function.isOpen()) {
      return;
    }
    try {
      invocation.flush();
      if (records.isEmpty()) {
        invocation.tellWhere(margin);
      }
      for (UnitLines record : records) {
        record.flush();
        record.tellWhere(margin);
      }
    } catch (RuntimeException | LinkageError | AssertionError e) {
      Warnings.LOGGER.warn("What was kept can't be told before the deadline", e);
    }
  }
}
