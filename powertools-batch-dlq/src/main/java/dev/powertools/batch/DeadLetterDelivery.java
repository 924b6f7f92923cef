// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.DeadLetterQueue.UnusableException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.WarnedOf;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Takes dead letters of one source to their queue, unless the way there is closed ({@link
 * DeadLetterPaths}). Made for one sending; confined to one thread.
 */
final class DeadLetterDelivery {

  private final LiveInvocation batch;
  private final FunctionRuntime runtime;
  private final @Nullable DeadLetterTarget named;
  private final String source;
  private final boolean queued;
  private final String path;

  /**
   * For one source.
   *
   * @param named the queue that was named; {@code null} for that of the redrive policy
   * @param source the ARN of the source
   * @param queued whether that is a queue, which may name another one
   */
  DeadLetterDelivery(
      LiveInvocation batch, @Nullable DeadLetterTarget named, String source, boolean queued) {
    this.batch = batch;
    this.runtime = batch.runtime();
    this.named = named;
    this.source = source;
    this.queued = queued;
    this.path = named == null ? source : named.text();
  }

  /** Sends; returns which messages the queue confirmed. */
  BitSet send(List<DeadLetterMessage> messages) {
    DeadLetterPaths paths = DeadLetterPaths.of(runtime);
    DeadLetterQueue queue = paths.mayTry(path) ? find() : null;
    if (queue == null) {
      return new BitSet();
    }
    Random random = runtime.part(Random.class, r -> new Random());
    DeadLetterSender sender =
        new DeadLetterSender(queue, runtime.timing(), random, batch::remaining);
    BitSet sent = sender.send(messages);
    UnusableException unusable = sender.unusable();
    if (unusable != null) {
      close(unusable);
    } else if (!sent.isEmpty()) {
      paths.open(path);
    }
    return sent;
  }

  private void close(UnusableException unusable) {
    BatchLog.unusable(batch, unusable, DeadLetterPaths.of(runtime).close(path));
  }

  private @Nullable DeadLetterQueue find() {
    if (named == null && !queued) {
      warnOfNone(
          "A record of the stream \""
              + source
              + "\" can never succeed, and no dead-letter queue is named that would take it, so the"
              + " stream does not get past it until the event source mapping gives it up. Name a"
              + " queue in @DeadLetter(queue = ...). This is said only once.");
      return null;
    }
    try {
      Optional<DeadLetterQueue> queue =
          runtime.part(DeadLetterQueues.class, r -> new SqsDeadLetterQueues(r)).find(named, source);
      if (queue.isEmpty()) {
        warnOfNone(
            "The queue \""
                + source
                + "\" has no dead-letter queue, so records that can never succeed are delivered"
                + " again and again. Give it a redrive policy, or name a queue in @DeadLetter. This"
                + " is said only once.");
      }
      return queue.orElse(null);
    } catch (UnusableException e) {
      close(e);
    } catch (RuntimeException | LinkageError e) {
      BatchLog.unsent("The dead-letter queue of " + source + " can't be found now", e);
    }
    return null;
  }

  private void warnOfNone(String text) {
    if (runtime.part(WarnedOf.class, r -> new WarnedOf()).first("no dead letters " + source)) {
      BatchLog.unsent(text, null);
    }
  }
}
