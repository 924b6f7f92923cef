// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.WarnedOf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Where the dead letters of one handler go. Whatever goes wrong on the way, a dead letter is either
 * confirmed by its queue or counts as not sent. Thread-safe.
 *
 * @param named the queue that was named; {@code null} for that of the redrive policy
 */
record DeadLetters(@Nullable DeadLetterTarget named) {

  /** A record whose dead letter is due. */
  record Due(BatchRecord record, Parked parked) {}

  /**
   * Sends dead letters, each to the queue of its source.
   *
   * @return which of them were confirmed
   */
  BitSet send(LiveInvocation batch, List<Due> due) {
    Map<String, List<Integer>> bySource = new LinkedHashMap<>();
    for (int i = 0; i < due.size(); i++) {
      bySource.computeIfAbsent(due.get(i).record().source(), s -> new ArrayList<>()).add(i);
    }
    BitSet confirmed = new BitSet(due.size());
    bySource.forEach((source, indices) -> send(batch, source, due, indices, confirmed));
    return confirmed;
  }

  private void send(
      LiveInvocation batch, String source, List<Due> due, List<Integer> indices, BitSet confirmed) {
    FunctionRuntime runtime = batch.runtime();
    DeadLetterQueue queue = find(runtime, source);
    if (queue == null) {
      return;
    }
    List<DeadLetterMessage> messages = new ArrayList<>(indices.size());
    for (int index : indices) {
      Due each = due.get(index);
      messages.add(each.record().deadLetter(each.parked()));
    }
    Random random = runtime.part(Random.class, r -> new Random());
    new DeadLetterSender(queue, runtime.timing(), random, batch::remaining)
        .send(messages).stream().forEach(i -> confirmed.set(indices.get(i)));
  }

  private @Nullable DeadLetterQueue find(FunctionRuntime runtime, String source) {
    try {
      Optional<DeadLetterQueue> queue =
          runtime.part(DeadLetterQueues.class, r -> new SqsDeadLetterQueues(r)).find(named, source);
      if (queue.isEmpty()) {
        warnOfNone(runtime, source);
      }
      return queue.orElse(null);
    } catch (RuntimeException | LinkageError e) {
      BatchLog.unsent("The dead-letter queue of " + source + " can't be found now", e);
      return null;
    }
  }

  private static void warnOfNone(FunctionRuntime runtime, String source) {
    if (runtime.part(WarnedOf.class, r -> new WarnedOf()).first("no dead letters " + source)) {
      BatchLog.unsent(
          "The queue \""
              + source
              + "\" has no dead-letter queue, so records that can never succeed are delivered"
              + " again and again. Give it a redrive policy, or name a queue in @DeadLetter. This"
              + " is said only once.",
          null);
    }
  }
}
