// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LiveInvocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the dead letters of one handler go. Whatever goes wrong on the way, a dead letter is either
 * confirmed by its queue or counts as not sent. Thread-safe.
 *
 * @param named the queue that was named; {@code null} for that of the redrive policy
 * @param frames how many frames of failures they show
 */
record DeadLetters(@Nullable DeadLetterTarget named, int frames) {

  /**
   * Those of one handler in one runtime.
   *
   * @throws dev.powertools.core.ConfigurationException if the environment asks for no possible
   *     number of frames
   */
  static DeadLetters of(@Nullable DeadLetterTarget named, BatchOptions options, Config config) {
    int frames = options.failureFrames().orElse(-1);
    if (frames < 0) { // nobody says anything, as a rule
      frames = config.variable(FailureFrames.VARIABLE).isEmpty() ? 0 : FailureFrames.of(config);
    }
    return new DeadLetters(named, frames);
  }

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
    bySource.forEach(
        (source, indices) -> {
          List<DeadLetterMessage> messages = new ArrayList<>(indices.size());
          for (int index : indices) {
            Due each = due.get(index);
            messages.add(each.record().deadLetter(each.parked(), frames));
          }
          boolean queued = due.get(indices.get(0)).record().isQueued();
          new DeadLetterDelivery(batch, named, source, queued)
              .send(messages).stream().forEach(i -> confirmed.set(indices.get(i)));
        });
    return confirmed;
  }
}
