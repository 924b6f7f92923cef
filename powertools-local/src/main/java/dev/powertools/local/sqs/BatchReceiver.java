// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Gathers batches: a receive at a time, or until the window that the first message opened ends. */
final class BatchReceiver {
  private static final int MAX_RECEIVE = 10;

  /** Short polls and not long ones: they are cheap here, and a long one can't be ended by close. */
  private static final Duration BETWEEN_RECEIVES = Duration.ofMillis(25);

  private final SqsClient sqs;
  private final LocalQueue queue;
  private final EventSourceOptions options;
  private final Timing timing;

  BatchReceiver(SqsClient sqs, LocalQueue queue, EventSourceOptions options) {
    this.sqs = sqs;
    this.queue = queue;
    this.options = options;
    this.timing = options.timing();
  }

  /**
   * The next batch; empty if nothing came within a second. What was received is always returned.
   */
  List<Message> next(BooleanSupplier running) throws InterruptedException {
    List<Message> batch = new ArrayList<>(receive(options.batchSize()));
    if (batch.isEmpty()) {
      timing.sleep(BETWEEN_RECEIVES);
    }
    if (batch.isEmpty() || options.maximumBatchingWindow().isZero()) {
      return batch;
    }
    long opened = timing.nanoTime();
    while (batch.size() < options.batchSize() && isOpen(opened) && running.getAsBoolean()) {
      List<Message> more = receive(options.batchSize() - batch.size());
      batch.addAll(more);
      if (more.isEmpty()) {
        timing.sleep(BETWEEN_RECEIVES);
      }
    }
    return batch;
  }

  private boolean isOpen(long opened) {
    return timing.nanoTime() - opened < options.maximumBatchingWindow().toNanos();
  }

  private List<Message> receive(int room) {
    return sqs.receiveMessage(
            r ->
                r.queueUrl(queue.url())
                    .maxNumberOfMessages(Math.min(room, MAX_RECEIVE))
                    .waitTimeSeconds(0)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages();
  }
}
