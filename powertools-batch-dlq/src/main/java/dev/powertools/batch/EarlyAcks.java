// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.InvocationClosedException;
import dev.powertools.core.Propagation;
import dev.powertools.core.Timing;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is acknowledged while the rest of the batch runs, as {@link EarlyAcknowledge} asks:
 * when there is enough of it, by the thread that has come with the last; or when some of it has
 * waited long enough, by a thread of its own. One request is under way at a time, with at most one
 * record of each lane, and after a request that failed no more of its lanes: so no record is gone
 * from its queue before an earlier one of its lane is. Made for one batch; thread-safe.
 */
final class EarlyAcks {

  private static final int MOST_ENTRIES = 10;

  private final LiveInvocation batch;
  private final List<? extends BatchRecord> records;
  private final EarlyDeletes deletes;
  private final int every;
  private final Duration within;
  private final Runnable deleteOverdue = Propagation.wrap(this::deleteDue);
  private final Set<String> stuckLanes = new HashSet<>();
  private final List<Integer> due = new ArrayList<>();
  private Timing.@Nullable Cancellable timer;
  private boolean deleting;
  private boolean closed;

  /** For a batch, which is in force. */
  EarlyAcks(
      LiveInvocation batch,
      List<? extends BatchRecord> records,
      EarlyDeletes deletes,
      BatchOptions options) {
    this.batch = batch;
    this.records = records;
    this.deletes = deletes;
    this.every = options.acknowledgedEvery().orElse(MOST_ENTRIES);
    this.within = options.acknowledgedWithin();
  }

  /** A record is acknowledged; those of a lane in their order. */
  void acknowledged(int index) {
    if (add(index)) {
      deleteDue();
    }
  }

  private synchronized boolean add(int index) {
    if (closed || records.get(index).receipt() == null) {
      return false;
    }
    due.add(index);
    if (timer == null) {
      timer = batch.runtime().timing().schedule(within, this::overdue);
    }
    return due.size() >= every;
  }

  /** The clock's own thread has no time for requests. */
  private void overdue() {
    RecordThreads.of(batch.runtime(), 1)
        .execute(
            () -> {
              try {
                deleteOverdue.run();
              } catch (InvocationClosedException e) {
                // the batch was answered meanwhile, which acknowledges all the same
              }
            });
  }

  private void deleteDue() {
    for (List<Integer> some = begin(); !some.isEmpty(); some = next(some)) {
      boolean done = false;
      try {
        done = deletes.delete(some);
      } finally {
        ended(some, done);
      }
    }
  }

  private synchronized List<Integer> begin() {
    return deleting ? List.of() : take();
  }

  private synchronized List<Integer> next(List<Integer> before) {
    return before.isEmpty() ? List.of() : begin();
  }

  private List<Integer> take() {
    List<Integer> some = new ArrayList<>(MOST_ENTRIES);
    Set<String> lanes = new HashSet<>(stuckLanes);
    Iterator<Integer> each = due.iterator();
    while (!closed && each.hasNext() && some.size() < MOST_ENTRIES) {
      int index = each.next();
      String lane = records.get(index).lane();
      if (deletes.isDeleted(index)) {
        each.remove(); // before a suspect ran
      } else if (lane == null || lanes.add(lane)) {
        some.add(index);
        each.remove();
      }
    }
    deleting = !some.isEmpty();
    if (due.isEmpty()) {
      cancelTimer();
    }
    return some;
  }

  private synchronized void ended(List<Integer> some, boolean done) {
    deleting = false;
    if (!done) {
      for (int index : some) {
        String lane = records.get(index).lane();
        if (lane != null) {
          stuckLanes.add(lane);
        }
      }
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** The batch is about to be answered, which acknowledges the rest. */
  synchronized void close() {
    closed = true;
    cancelTimer();
  }
}
