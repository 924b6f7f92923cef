// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import dev.powertools.local.FunctionInitException;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InvocationResult;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.sqs.Delivery;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.LocalQueues;
import dev.powertools.local.sqs.QueueOptions;
import dev.powertools.local.sqs.SqsEventSourceMapping;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The queues of a run, and the event source mappings that feed the function from them. Thread-safe.
 */
final class QueueFeeds {
  private final LocalQueues queues;
  private final Map<String, LocalQueue> byName = new LinkedHashMap<>();

  private QueueFeeds(LocalQueues queues) {
    this.queues = queues;
  }

  /** Starts the queues; nothing is polled yet. */
  static QueueFeeds start(RunOptions options) {
    QueueFeeds feeds = new QueueFeeds(LocalQueues.start(options.queuePort()));
    for (EventQueue queue : options.queues()) {
      feeds.create(queue, options.function());
    }
    return feeds;
  }

  /** Starts polling. */
  void feed(RunOptions options, LocalFunction function, Wire wire) {
    for (EventQueue queue : options.queues()) {
      EventSourceOptions mapping =
          EventSourceOptions.builder()
              .batchSize(queue.batchSize())
              .reportBatchItemFailures()
              .concurrency(Math.min(2, options.function().maxConcurrency()))
              .listener(delivery -> tell(wire, queue, delivery))
              .build();
      Told told = new Told(queue.name(), function, wire);
      SqsEventSourceMapping.of(queues.client(), required(queue.name()), told, mapping).start();
    }
  }

  /**
   * Sends a message.
   *
   * @return its id
   * @throws PowertoolsException if there is no such queue here
   */
  String send(String queue, byte[] body) {
    LocalQueue target = required(queue);
    String text = new String(body, StandardCharsets.UTF_8);
    return queues
        .client()
        .sendMessage(
            r -> {
              r.queueUrl(target.url()).messageBody(text);
              if (target.isFifo()) {
                r.messageGroupId("local")
                    .messageDeduplicationId(InvokeOptions.defaults().requestId());
              }
            })
        .messageId();
  }

  private void create(EventQueue queue, FunctionOptions function) {
    QueueOptions.Builder options =
        QueueOptions.builder().visibilityTimeout(queue.visibilityFor(function.timeout()));
    String deadLetters = queue.deadLetters();
    if (deadLetters != null) {
      LocalQueue target = byName.computeIfAbsent(deadLetters, queues::createQueue);
      options.deadLetterQueue(target, queue.maxReceives());
    }
    byName.computeIfAbsent(queue.name(), name -> queues.createQueue(name, options.build()));
  }

  private LocalQueue required(String name) {
    LocalQueue queue = byName.get(name);
    if (queue == null) {
      throw new PowertoolsException("There is no queue '" + name + "' here: " + byName.keySet());
    }
    return queue;
  }

  /** What was deleted needs no word: its invocation was told of. */
  private static void tell(Wire wire, EventQueue queue, Delivery delivery) {
    if (delivery.fate() != Delivery.Fate.DELETED) {
      wire.tell(
          Wire.Kind.PROBLEM,
          queue.name()
              + ": message "
              + delivery.messageId()
              + ", receive "
              + delivery.receiveCount()
              + ", stays in the queue: "
              + delivery.reason());
    }
  }

  /** The function as a mapping sees it, each invocation told of. */
  private record Told(String queue, LocalFunction function, Wire wire) implements LocalFunction {

    @Override
    public InvocationResult invoke(byte[] event, InvokeOptions options) {
      try {
        InvocationResult result = function.invoke(event, options);
        Call.tell(wire, "sqs " + queue, result.error().isPresent() ? "error" : "ok", result);
        return result;
      } catch (FunctionInitException e) {
        wire.tell(Wire.Kind.PROBLEM, String.valueOf(e.getMessage()));
        throw e;
      }
    }

    @Override
    public FunctionOptions options() {
      return function.options();
    }

    @Override
    public void cold() {
      function.cold();
    }

    @Override
    public void close() {
      function.close();
    }
  }
}
