// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.SourceQueues.DeniedException;
import dev.powertools.batch.SourceQueues.Visibility;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * When the records of a batch that go back to their queue come again: after the delay that was
 * named for one, else after that of the {@link Backoff}, if there is one. What did not run for lack
 * of time comes after a short one. What still runs keeps what it has. In a lane all have the delay
 * of the first, or keep what they have as it does, since the rest must not come before it.
 *
 * <p>None of this changes an outcome: where the queue can't be asked, the visibility timeout stays.
 * Made for one batch, when its outcome is settled; confined to one thread.
 */
final class Redeliveries {

  private static final String PERMISSION = "sqs:ChangeMessageVisibility";
  private static final int MOST_ENTRIES = 10;

  private final LiveInvocation batch;
  private final BatchOptions options;
  private final Map<String, @Nullable Integer> byLane = new HashMap<>();
  private final Map<String, List<Visibility>> bySource = new LinkedHashMap<>();

  Redeliveries(LiveInvocation batch, BatchOptions options) {
    this.batch = batch;
    this.options = options;
  }

  /** Adds the next record that was not acknowledged, in the order of the batch. */
  void add(BatchRecord record, Settled settled) {
    Integer seconds = seconds(record, settled);
    String receipt = record.receipt();
    if (seconds != null && receipt != null) {
      bySource
          .computeIfAbsent(record.source(), source -> new ArrayList<>())
          .add(new Visibility(receipt, seconds));
    }
  }

  private @Nullable Integer seconds(BatchRecord record, Settled settled) {
    String lane = record.lane();
    if (lane != null && byLane.containsKey(lane)) {
      return byLane.get(lane);
    }
    Duration delay = delay(record, settled);
    Integer seconds = delay == null ? null : seconds(delay);
    if (lane != null) {
      byLane.put(lane, seconds);
    }
    return seconds;
  }

  private @Nullable Duration delay(BatchRecord record, Settled settled) {
    if (settled instanceof Settled.NotRun unrun && unrun.outOfTime()) {
      return options.unrunDelay();
    }
    if (settled instanceof Settled.RetryLater later) {
      Duration named = later.delay();
      return named == null ? grown(record) : named;
    }
    boolean behindDeadLetter = settled instanceof Settled.NotRun && record.lane() != null;
    return behindDeadLetter ? grown(record) : null;
  }

  private @Nullable Duration grown(BatchRecord record) {
    Backoff backoff = options.redelivery().orElse(null);
    return backoff == null
        ? null
        : backoff.delay(
            record.receiveCount(), batch.runtime().part(Random.class, r -> new Random()));
  }

  /** In whole seconds, not less than was asked for, save beyond what SQS allows. */
  private static int seconds(Duration delay) {
    Duration least = delay.compareTo(Backoff.LONGEST) < 0 ? delay : Backoff.LONGEST;
    return (int) least.plusNanos(999_999_999).toSeconds();
  }

  /** Asks the queues, as well as the time left allows. */
  void ask() {
    List<Runnable> requests = new ArrayList<>();
    bySource.forEach(
        (source, messages) -> {
          for (int i = 0; i < messages.size(); i += MOST_ENTRIES) {
            List<Visibility> some =
                messages.subList(i, Math.min(i + MOST_ENTRIES, messages.size()));
            requests.add(() -> ask(source, some));
          }
        });
    if (!requests.isEmpty()) {
      Dispatches.brief(batch)
          .each(requests.size(), index -> null, index -> requests.get(index).run());
    }
  }

  private void ask(String source, List<Visibility> messages) {
    FunctionRuntime runtime = batch.runtime();
    Denials denials = runtime.part(Denials.class, r -> new Denials());
    if (denials.has(PERMISSION, source)) {
      return;
    }
    try {
      int refused =
          runtime
              .part(SourceQueues.class, r -> new SqsSourceQueues(r))
              .postpone(source, List.copyOf(messages));
      if (refused > 0) {
        tellUnchanged(refused, "refused");
      }
    } catch (DeniedException e) {
      if (denials.isNew(PERMISSION, source)) {
        String consequence = "records are delivered again when their visibility timeout ends";
        BatchLog.denied(PERMISSION, source, consequence, e);
      }
      tellUnchanged(messages.size(), "denied");
    } catch (RuntimeException | LinkageError e) {
      BatchLog.notPostponed(messages.size(), e);
      tellUnchanged(messages.size(), e.getClass().getName());
    }
  }

  private void tellUnchanged(int records, String cause) {
    batch.emit(new BatchSignal.VisibilityUnchanged(records, cause));
  }
}
