// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import dev.powertools.local.FunctionError;
import dev.powertools.local.InvocationResult;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.sqs.BatchResponseRule.Decision;
import dev.powertools.local.sqs.Delivery.Fate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * One batch's way: event, invocation, rule, deletes. What isn't deleted is left alone; its
 * visibility timeout and the queue's redrive policy do the rest.
 */
final class BatchDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);
  private static final int MAX_DELETE = 10;

  private final SqsClient sqs;
  private final LocalQueue queue;
  private final LocalFunction function;
  private final EventSourceOptions options;
  private final Consumer<Delivery> history;
  private final AtomicReference<@Nullable Error> failure = new AtomicReference<>();

  BatchDelivery(
      SqsClient sqs,
      LocalQueue queue,
      LocalFunction function,
      EventSourceOptions options,
      Consumer<Delivery> history) {
    this.sqs = sqs;
    this.queue = queue;
    this.function = function;
    this.options = options;
    this.history = history;
  }

  /** Throws the first error of the listener, once. */
  void rethrowFailure() {
    Error error = failure.getAndSet(null);
    if (error != null) {
      throw error;
    }
  }

  void deliver(List<Message> batch) {
    InvokeOptions invocation = InvokeOptions.defaults();
    Decision decision = invoke(batch, invocation);
    List<Message> toDelete =
        batch.stream().filter(m -> decision.delete().contains(m.messageId())).toList();
    Set<String> deleted = delete(toDelete);
    for (Message message : batch) {
      Fate fate = fate(message, decision, deleted);
      record(message, invocation.requestId(), fate, decision.explanation());
    }
  }

  private Decision invoke(List<Message> batch, InvokeOptions invocation) {
    InvocationResult result;
    try {
      result = function.invoke(SqsEventJson.write(batch, queue), invocation);
    } catch (RuntimeException e) {
      // Whatever keeps the function from running returns the batch, and never ends the mapping.
      return BatchResponseRule.failed(e.toString());
    }
    return result
        .error()
        .map(error -> BatchResponseRule.failed(text(error)))
        .orElseGet(
            () ->
                BatchResponseRule.succeeded(
                    options.reportBatchItemFailures(),
                    batch.stream().map(Message::messageId).toList(),
                    result.payload()));
  }

  /** The receipt handles whose deletion the queue confirmed. */
  private Set<String> delete(List<Message> messages) {
    Set<String> confirmed = new HashSet<>();
    for (int from = 0; from < messages.size(); from += MAX_DELETE) {
      List<Message> chunk = messages.subList(from, Math.min(from + MAX_DELETE, messages.size()));
      try {
        confirmed.addAll(deleteChunk(chunk));
      } catch (SdkException e) {
        LOG.warn("{}: {} messages were not deleted and will return", queue.name(), chunk.size(), e);
      }
    }
    return confirmed;
  }

  private List<String> deleteChunk(List<Message> chunk) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : chunk) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id("" + entries.size())
              .receiptHandle(message.receiptHandle())
              .build());
    }
    return sqs
        .deleteMessageBatch(r -> r.queueUrl(queue.url()).entries(entries))
        .successful()
        .stream()
        .map(DeleteMessageBatchResultEntry::id)
        .map(id -> chunk.get(Integer.parseInt(id)).receiptHandle())
        .toList();
  }

  private static Fate fate(Message message, Decision decision, Set<String> deleted) {
    if (!decision.delete().contains(message.messageId())) {
      return Fate.RETURNED;
    }
    return deleted.contains(message.receiptHandle()) ? Fate.DELETED : Fate.DELETE_UNCONFIRMED;
  }

  private void record(Message message, String requestId, Fate fate, String reason) {
    String receives =
        message
            .attributes()
            .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "0");
    Delivery delivery =
        new Delivery(
            message.messageId(),
            Integer.parseInt(receives),
            requestId,
            options.timing().now(),
            fate,
            reason);
    history.accept(delivery);
    try {
      options.listener().accept(delivery);
    } catch (RuntimeException e) {
      LOG.warn("The listener of {} failed", queue.name(), e);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      // A failed assertion of a test: it has to fail the test, and not the poller.
      failure.compareAndSet(null, e);
    }
  }

  private static String text(FunctionError error) {
    return error.type() + ": " + error.message();
  }
}
