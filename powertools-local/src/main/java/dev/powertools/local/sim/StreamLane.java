// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import dev.powertools.local.VirtualClock.Plan;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records that are processed one batch after the other: a shard, or the part of a shard that one of
 * its concurrent batches is made of. What fails goes back to the front, so it blocks what comes
 * after it. Confined to its mapping's lock.
 */
final class StreamLane {

  /** Lambda's limit for a synchronous request. */
  private static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;

  /** What an event has beside its records, generously. */
  private static final int ENVELOPE_BYTES = 4 * 1024;

  private final StreamOptions options;
  private final Deque<StreamRecord> waiting = new ArrayDeque<>();
  private final Deque<StreamBatch> due = new ArrayDeque<>();
  private Instant gatheringSince = Instant.MIN;
  private boolean busy;
  private @Nullable Plan plan;

  StreamLane(StreamOptions options) {
    this.options = options;
  }

  boolean isBusy() {
    return busy;
  }

  void begin() {
    busy = true;
  }

  void end(Instant now) {
    busy = false;
    gatheringSince = now;
  }

  Optional<Plan> plan() {
    return Optional.ofNullable(plan);
  }

  void plan(@Nullable Plan next) {
    if (plan != null) {
      plan.cancel();
    }
    plan = next;
  }

  void add(StreamRecord record, Instant now) {
    if (waiting.isEmpty() && !busy) {
      gatheringSince = now;
    }
    waiting.add(record);
  }

  /** Puts a batch before everything else. */
  void putFirst(StreamBatch batch) {
    due.push(batch);
  }

  /** When there is something to do; empty if nothing waits. */
  Optional<Instant> next(Instant now) {
    StreamBatch first = due.peek();
    if (first != null) {
      return Optional.of(first.notBefore());
    }
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(isFull() ? now : gatheringSince.plus(options.batchingWindow()));
  }

  /** The batch that is due now; null if none is. */
  @Nullable StreamBatch take(Instant now) {
    Optional<Instant> next = next(now);
    if (next.isEmpty() || next.get().isAfter(now)) {
      return null;
    }
    StreamBatch first = due.poll();
    return first != null ? first : gathered(now);
  }

  private boolean isFull() {
    return waiting.size() >= options.batchSize()
        || waiting.stream().mapToLong(r -> r.json().length).sum() >= MAX_EVENT_BYTES;
  }

  private StreamBatch gathered(Instant now) {
    List<StreamRecord> records = new ArrayList<>();
    long bytes = ENVELOPE_BYTES;
    for (StreamRecord next = waiting.peek(); next != null; next = waiting.peek()) {
      bytes += next.json().length + 1;
      boolean fits = records.size() < options.batchSize() && bytes <= MAX_EVENT_BYTES;
      if (!fits && !records.isEmpty()) {
        break;
      }
      records.add(waiting.remove());
    }
    gatheringSince = now;
    return StreamBatch.of(records, now);
  }
}
