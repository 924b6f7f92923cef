// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import dev.powertools.local.sqs.Delivery;
import dev.powertools.local.sqs.DeliveryHistory;
import dev.powertools.local.sqs.LocalQueue;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Takes stock after the demo: what became of each message, by what the payment provider's ledger
 * and the queues really hold. Nothing in here knows what kind of message should end where.
 */
final class Account {

  private enum Fate {
    PROCESSED,
    REPLAYED,
    DEAD_LETTERED,
    LOST
  }

  private final List<SentMessage> sent;
  private final DeliveryHistory history;
  private final Ledger ledger;
  private final Map<String, Boolean> deadLetters;
  private final long leftInQueue;
  private Path logs = Path.of("");

  private Account(
      List<SentMessage> sent,
      DeliveryHistory history,
      Ledger ledger,
      Map<String, Boolean> deadLetters,
      long leftInQueue) {
    this.sent = sent;
    this.history = history;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.leftInQueue = leftInQueue;
  }

  static Account of(
      List<SentMessage> sent,
      DeliveryHistory history,
      SqsClient sqs,
      LocalQueue source,
      LocalQueue deadLetterQueue,
      Path ledger) {
    return new Account(
        sent,
        history,
        Ledger.read(ledger),
        originsIn(sqs, deadLetterQueue),
        messagesIn(sqs, source));
  }

  Account withLogs(Path file) {
    this.logs = file;
    return this;
  }

  /** How often the handler's body ran for a message: it logs a line when an order comes in. */
  private long attempts(SentMessage message) {
    return OrderServiceDemo.lines(logs).stream()
        .filter(line -> line.contains(" came in\""))
        .filter(line -> line.contains("\"message_id\":\"" + message.messageId() + "\""))
        .count();
  }

  /**
   * What was charged.
   *
   * @param messagesByOrder the messages that led to a charge of each order
   */
  private record Ledger(Map<String, List<String>> messagesByOrder) {

    static Ledger read(Path file) {
      Map<String, List<String>> charges = new HashMap<>();
      for (String line : OrderServiceDemo.lines(file)) {
        String[] words = line.split(" ", -1);
        charges.computeIfAbsent(words[0], order -> new ArrayList<>()).add(words[1]);
      }
      return new Ledger(charges);
    }

    boolean chargedBy(SentMessage message) {
      return messagesOf(message).contains(message.messageId());
    }

    List<String> messagesOf(SentMessage message) {
      return messagesByOrder.getOrDefault(message.orderId(), List.of());
    }

    long doubleCharges() {
      return messagesByOrder.values().stream().filter(messages -> messages.size() > 1).count();
    }
  }

  /**
   * The ids under which the dead letters were first sent, and whether the function put them there:
   * ours say so, those that the queue moved keep their id.
   */
  private static Map<String, Boolean> originsIn(SqsClient sqs, LocalQueue queue) {
    Map<String, Boolean> origins = new HashMap<>();
    while (true) {
      List<Message> messages =
          sqs.receiveMessage(
                  r ->
                      r.queueUrl(queue.url())
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(60)
                          .messageAttributeNames("All"))
              .messages();
      if (messages.isEmpty()) {
        return origins;
      }
      for (Message message : messages) {
        var origin = message.messageAttributes().get("pt.origin");
        origins.put(origin == null ? message.messageId() : origin.stringValue(), origin != null);
      }
    }
  }

  private static long messagesIn(SqsClient sqs, LocalQueue queue) {
    Map<QueueAttributeName, String> counts =
        sqs.getQueueAttributes(
                r ->
                    r.queueUrl(queue.url())
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return counts.values().stream().mapToLong(Long::parseLong).sum();
  }

  /**
   * A message is replayed if it was deleted and its order was charged by another message. What the
   * function deleted itself, ahead of its response, ElasticMQ does not delete once more.
   */
  private Fate fate(SentMessage message) {
    if (deadLetters.containsKey(message.messageId())) {
      return ledger.chargedBy(message) ? Fate.LOST : Fate.DEAD_LETTERED;
    }
    boolean deleted =
        history
            .fate(message.messageId())
            .filter(
                fate -> fate == Delivery.Fate.DELETED || fate == Delivery.Fate.DELETE_UNCONFIRMED)
            .isPresent();
    if (!deleted || ledger.messagesOf(message).isEmpty()) {
      return Fate.LOST;
    }
    return ledger.chargedBy(message) ? Fate.PROCESSED : Fate.REPLAYED;
  }

  private long count(Fate fate) {
    return sent.stream().filter(message -> fate(message) == fate).count();
  }

  /** Messages that the queue moved after so many receives, without the function's decision. */
  private long givenUp() {
    return deadLetters.values().stream().filter(decided -> !decided).count();
  }

  /**
   * Whether nothing was lost, given up or left over, and no order was charged twice. A function
   * that does not even start fails this: the queue gives its messages up.
   */
  boolean balanced() {
    return count(Fate.LOST) == 0
        && givenUp() == 0
        && leftInQueue == 0
        && ledger.doubleCharges() == 0;
  }

  String summary() {
    long accounted = sent.size() - count(Fate.LOST);
    return sent.size()
        + " sent, "
        + accounted
        + " accounted for: "
        + count(Fate.PROCESSED)
        + " processed, "
        + count(Fate.REPLAYED)
        + " replayed, "
        + count(Fate.DEAD_LETTERED)
        + " dead-lettered";
  }

  void print(PrintStream out) {
    out.printf(
        "%-38s %-11s %-10s %-14s %8s %8s%n",
        "message", "kind", "order", "outcome", "attempts", "receives");
    for (SentMessage message : sent) {
      out.printf(
          "%-38s %-11s %-10s %-14s %8d %8d%n",
          message.messageId(),
          message.kind(),
          message.orderId().isEmpty() ? "-" : message.orderId(),
          fate(message).name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
          attempts(message),
          history.of(message.messageId()).size());
    }
    out.println();
    out.println("JSON logs of the function: " + logs.toAbsolutePath());
    out.println("Orders charged twice: " + ledger.doubleCharges());
    out.println("Messages given up by the queue: " + givenUp());
    out.println("Messages left in the queue: " + leftInQueue);
    out.println(summary());
  }
}
