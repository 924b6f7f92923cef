// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.Timing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When the records of a batch have to end: a plan on the clock. Thread-safe. */
final class Until {

  /** For a first request to a queue: a client has to be made, and a connection. */
  private static final Duration MORE = Duration.ofSeconds(1);

  private final Timing timing;
  private final @Nullable Duration after;
  private Runnable task = () -> {};
  private Timing.@Nullable Cancellable plan;
  private long endsAt;
  private boolean forward;

  /** After a time from {@link #begin} on; {@code null} for never. */
  Until(Timing timing, @Nullable Duration after) {
    this.timing = timing;
    this.after = after;
  }

  /** The records begin. */
  synchronized void begin(Runnable timeIsUp) {
    if (after != null) {
      task = timeIsUp;
      endsAt = timing.nanoTime() + after.toNanos();
      plan = timing.schedule(after, task);
    }
  }

  /** Has them end earlier, since something has to be sent then; once, and by a quarter at most. */
  synchronized void bringForward() {
    if (after == null || plan == null || forward) {
      return;
    }
    forward = true;
    plan.cancel();
    Duration quarter = after.dividedBy(4);
    Duration more = quarter.compareTo(MORE) < 0 ? quarter : MORE;
    plan = timing.schedule(Duration.ofNanos(endsAt - timing.nanoTime()).minus(more), task);
  }

  /** They have ended. */
  synchronized void end() {
    if (plan != null) {
      plan.cancel();
      plan = null;
    }
  }
}
