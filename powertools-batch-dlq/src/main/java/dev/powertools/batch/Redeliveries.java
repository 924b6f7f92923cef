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
 * named for one, else after that of the {@link Backoff}, if there is one. What did not run since a
 * record of its lane comes again has the delay of that record, or it would come before it. What did
 * not run for lack of time, and what still runs, keeps what it has.
 *
 * <p>None of this changes an outcome: where the queue can't be asked, the visibility timeout stays.
 * Made for one batch, when its outcome is settled; confined to one thread.
 */
final class Redeliveries {

  private static final String PERMISSION = "sqs:ChangeMessageVisibility";
  private static final int MOST_ENTRIES = 10;

  private final LiveInvocation batch;
  private final @Nullable Backoff backoff;
  private final Map<String, Integer> byLane = new HashMap<>();
  private final Map<String, List<Visibility>> bySource = new LinkedHashMap<>();

  Redeliveries(LiveInvocation batch, @Nullable Backoff backoff) {
    this.batch = batch;
    this.backoff = backoff;
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
    if (settled instanceof Settled.NotRun) {
      return lane == null ? null : byLane.get(lane);
    }
    Duration delay =
        settled instanceof Settled.RetryLater later ? delay(record, later.delay()) : null;
    Integer seconds = delay == null ? null : seconds(delay);
    if (lane != null && seconds != null) {
      byLane.put(lane, seconds);
    }
    return seconds;
  }

  private @Nullable Duration delay(BatchRecord record, @Nullable Duration named) {
    if (named != null || backoff == null) {
      return named;
    }
    Random random = batch.runtime().part(Random.class, r -> new Random());
    return backoff.delay(record.receiveCount(), random);
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
      runtime
          .part(SourceQueues.class, r -> new SqsSourceQueues(r))
          .postpone(source, List.copyOf(messages));
    } catch (DeniedException e) {
      if (denials.isNew(PERMISSION, source)) {
        String consequence = "records are delivered again when their visibility timeout ends";
        BatchLog.denied(PERMISSION, source, consequence, e);
      }
    } catch (RuntimeException | LinkageError e) {
      BatchLog.notPostponed(messages.size(), e);
    }
  }
}
