// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import dev.powertools.local.LocalFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What AWS runs between a queue and a function: it polls, invokes with batches, and deletes what
 * the response allows, by the rules of AWS to the letter (see {@code BatchResponseRule}). It never
 * changes a message's visibility and never sends to a dead-letter queue: that is the queue's own
 * business.
 *
 * <p>A message is deleted only after the function's response allowed it. So whatever fails on the
 * way, the mapping included, a message may come twice and is never lost.
 *
 * <p>Thread-safe; its threads are daemons.
 */
public final class SqsEventSourceMapping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqsEventSourceMapping.class);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);
  private static final Duration BETWEEN_CHECKS = Duration.ofMillis(20);
  private static final List<QueueAttributeName> COUNTS =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  private final SqsClient sqs;
  private final LocalQueue queue;
  private final LocalFunction function;
  private final EventSourceOptions options;
  private final Timing timing;
  private final BatchReceiver receiver;
  private final BatchDelivery delivery;
  private final DeliveryHistory history = new DeliveryHistory();
  private final AtomicInteger underWay = new AtomicInteger();
  private final List<Thread> pollers = new ArrayList<>();
  private volatile boolean running = true;

  private SqsEventSourceMapping(
      SqsClient sqs, LocalQueue queue, LocalFunction function, EventSourceOptions options) {
    this.sqs = sqs;
    this.queue = queue;
    this.function = function;
    this.options = options;
    this.timing = options.timing();
    this.receiver = new BatchReceiver(sqs, queue, options);
    this.delivery = new BatchDelivery(sqs, queue, function, options, history::add);
  }

  /**
   * Makes a mapping; nothing is polled before {@link #start()}.
   *
   * @throws IllegalArgumentException if the options don't fit the queue's type
   */
  public static SqsEventSourceMapping of(
      SqsClient sqs, LocalQueue queue, LocalFunction function, EventSourceOptions options) {
    options.requireFitFor(queue);
    return new SqsEventSourceMapping(sqs, queue, function, options);
  }

  /**
   * Starts polling.
   *
   * @return this
   * @throws IllegalStateException if it was started before
   */
  public synchronized SqsEventSourceMapping start() {
    if (!pollers.isEmpty() || !running) {
      throw new IllegalStateException("The mapping was started before: make another one");
    }
    for (int i = 1; i <= options.concurrency(); i++) {
      Thread poller = new Thread(this::poll, "sqs-" + queue.name() + "-" + i);
      poller.setDaemon(true);
      poller.start();
      pollers.add(poller);
    }
    return this;
  }

  /** What became of each message. */
  public DeliveryHistory history() {
    return history;
  }

  /**
   * Waits until the queue holds no message, visible, in flight or delayed, and no batch is under
   * way: each message was then deleted or has moved to the dead letters. An error that the listener
   * threw, such as a failed assertion, is thrown here, once.
   *
   * @throws PowertoolsException if that takes longer, saying what is left
   */
  public void drain(Duration limit) throws InterruptedException {
    long start = timing.nanoTime();
    while (!isDrained()) {
      delivery.rethrowFailure();
      if (timing.nanoTime() - start > limit.toNanos()) {
        throw new PowertoolsException(
            queue.name()
                + " is not drained within "
                + limit
                + ": "
                + counts()
                + "\n"
                + history.account());
      }
      timing.sleep(BETWEEN_CHECKS);
    }
    delivery.rethrowFailure();
  }

  /**
   * Stops polling and waits for the batches under way, which take the function's timeout at most.
   * Throws the listener's error if {@link #drain} did not.
   */
  @Override
  public synchronized void close() {
    running = false;
    long millis = function.options().timeout().plusSeconds(30).toMillis();
    for (Thread poller : pollers) {
      try {
        poller.join(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    delivery.rethrowFailure();
  }

  private boolean isDrained() {
    // In this order: a message is counted by the queue until its batch is counted as under way.
    boolean empty = counts().values().stream().allMatch("0"::equals);
    return empty && underWay.get() == 0;
  }

  private Map<QueueAttributeName, String> counts() {
    return sqs.getQueueAttributes(r -> r.queueUrl(queue.url()).attributeNames(COUNTS)).attributes();
  }

  private void poll() {
    try {
      while (running) {
        pollOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pollOnce() throws InterruptedException {
    try {
      List<Message> batch = receiver.next(() -> running);
      if (!batch.isEmpty()) {
        deliver(batch);
      }
    } catch (SdkException e) {
      if (running) {
        LOG.warn("{} can't be polled; trying again", queue.name(), e);
        timing.sleep(AFTER_FAILURE);
      }
    }
  }

  private void deliver(List<Message> batch) {
    underWay.incrementAndGet();
    try {
      delivery.deliver(batch);
    } finally {
      underWay.decrementAndGet();
    }
  }
}
