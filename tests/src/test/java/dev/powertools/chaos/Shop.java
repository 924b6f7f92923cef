// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.ForkOptions;
import dev.powertools.local.ForkedFunction;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.sqs.Delivery;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.LocalQueues;
import dev.powertools.local.sqs.QueueOptions;
import dev.powertools.local.sqs.SqsEventSourceMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * {@link ChaosOrders} in a process of its own, behind a real queue: the mapping talks to the queues
 * directly, the function through the proxy. What really happened is read from the function's books,
 * from the queues, and from what the mapping did.
 */
final class Shop implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final LocalQueues queues;
  private final LocalQueue dead;
  private final LocalQueue orders;
  private final SqsFaultProxy proxy;
  private final ForkedFunction fork;
  private final SqsEventSourceMapping mapping;
  private final Path books;
  private final Map<String, String> idByOrder = new LinkedHashMap<>();
  private final List<Consumer<Delivery>> listeners = new CopyOnWriteArrayList<>();

  private Shop(Path folder, ForkOptions process) throws IOException {
    books = folder.resolve("books");
    queues = LocalQueues.start();
    dead = queues.createQueue("orders-dlq");
    orders =
        queues.createQueue(
            "orders",
            QueueOptions.builder()
                .visibilityTimeout(Duration.ofSeconds(2))
                .deadLetterQueue(dead, 20)
                .build());
    proxy = SqsFaultProxy.before(queues.endpoint());
    fork = LocalFunction.fork(function(), process);
    mapping =
        SqsEventSourceMapping.of(
            queues.client(),
            orders,
            fork,
            EventSourceOptions.builder()
                .reportBatchItemFailures()
                .listener(delivery -> listeners.forEach(each -> each.accept(delivery)))
                .build());
  }

  static Shop open(Path folder) throws IOException {
    return open(folder, ForkOptions.builder().output(line -> {}).build());
  }

  static Shop open(Path folder, ForkOptions process) throws IOException {
    return new Shop(folder, process);
  }

  private FunctionOptions function() {
    return FunctionOptions.builder(ChaosOrders.class)
        .timeout(Duration.ofSeconds(30))
        .maxConcurrency(1)
        .environment(
            Map.of(
                ChaosOrders.BOOKS,
                books.toString(),
                "AWS_ENDPOINT_URL_SQS",
                proxy.endpoint().toString()))
        .build();
  }

  SqsFaultProxy proxy() {
    return proxy;
  }

  ForkedFunction fork() {
    return fork;
  }

  /** Is told of each delivery. */
  void onDelivery(Consumer<Delivery> listener) {
    listeners.add(listener);
  }

  /** Begins to deliver. */
  Shop start() {
    mapping.start();
    return this;
  }

  /** Sends orders, whose names are unique. */
  void send(String... names) {
    for (String order : names) {
      String id =
          queues.client().sendMessage(r -> r.queueUrl(orders.url()).messageBody(order)).messageId();
      idByOrder.put(order, id);
    }
  }

  /** Waits until the queue is empty, and says what became of everything. */
  Account drain() throws InterruptedException, IOException {
    mapping.drain(PATIENCE);
    return new Account(idByOrder, Files.readAllLines(books), deadLetters(), deliveries());
  }

  Map<String, List<Delivery>> deliveries() {
    return mapping.history().all();
  }

  /** The order of which a delivery tells. */
  String orderOf(Delivery delivery) {
    return idByOrder.entrySet().stream()
        .filter(sent -> sent.getValue().equals(delivery.messageId()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("unknown");
  }

  /** What the dead-letter queue holds that was not asked for before. */
  List<String> deadLetters() {
    List<String> bodies = new ArrayList<>();
    List<Message> received = receiveDead();
    while (!received.isEmpty()) {
      received.forEach(message -> bodies.add(message.body()));
      received = receiveDead();
    }
    return bodies;
  }

  private List<Message> receiveDead() {
    return queues
        .client()
        .receiveMessage(r -> r.queueUrl(dead.url()).maxNumberOfMessages(10).visibilityTimeout(600))
        .messages();
  }

  @Override
  public void close() {
    try (queues;
        proxy;
        fork) {
      mapping.close();
    }
  }

  /**
   * Where everything is when the queue is empty.
   *
   * @param idByOrder what was sent
   * @param done the books: what the handler really did, in its order
   * @param dead what the dead-letter queue really holds
   * @param deliveries what the mapping did with each message
   */
  record Account(
      Map<String, String> idByOrder,
      List<String> done,
      List<String> dead,
      Map<String, List<Delivery>> deliveries) {

    /**
     * Nothing is lost, and what is there twice was paid for: by an invocation that ended without a
     * response after it had done its work.
     */
    void requireConservation() {
      idByOrder.forEach(
          (order, id) -> {
            int there = Collections.frequency(done, order) + Collections.frequency(dead, order);
            assertThat(there).as("%s is done or dead\n%s", order, this).isPositive();
            assertThat(there - 1)
                .as("%s is there %s times\n%s", order, there, this)
                .isLessThanOrEqualTo(failedInvocations(id));
          });
      assertThat(done).allSatisfy(order -> assertThat(order).doesNotStartWith("bad"));
    }

    /** Nothing is lost, and nothing is there twice. */
    void requireExactlyOnce() {
      assertThat(done).as(toString()).containsExactlyInAnyOrderElementsOf(named("bad", false));
      assertThat(dead).as(toString()).containsExactlyInAnyOrderElementsOf(named("bad", true));
    }

    /** The orders whose name begins so, or those whose name does not. */
    List<String> named(String prefix, boolean with) {
      return idByOrder.keySet().stream().filter(o -> o.startsWith(prefix) == with).toList();
    }

    /** What became of a batch. */
    List<Delivery> of(String requestId) {
      return deliveries.values().stream()
          .flatMap(List::stream)
          .filter(delivery -> delivery.requestId().equals(requestId))
          .toList();
    }

    private int failedInvocations(String id) {
      return (int)
          deliveries.getOrDefault(id, List.of()).stream()
              .filter(delivery -> delivery.reason().startsWith("the invocation failed"))
              .count();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("done " + done + "\ndead " + dead + "\n");
      idByOrder.forEach(
          (order, id) -> {
            text.append(order).append('\n');
            deliveries
                .getOrDefault(id, List.of())
                .forEach(d -> text.append("  ").append(d).append('\n'));
          });
      return text.toString();
    }
  }
}
