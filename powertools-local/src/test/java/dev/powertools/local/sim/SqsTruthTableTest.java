// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.local.FunctionError;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.VirtualClock;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.QueueOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS does between a queue and a function, rule by rule. */
class SqsTruthTableTest {

  private final VirtualClock clock = VirtualClock.start();
  private final SimulatedQueues queues = SimulatedQueues.on(clock);
  private final List<List<String>> seen = new ArrayList<>();

  private LocalQueue queue(String name, int maxReceives) {
    String dlqName = name.replace("orders", "orders-dlq");
    LocalQueue dead = queues.createQueue(dlqName);
    return queues.createQueue(
        name, QueueOptions.builder().deadLetterQueue(dead, maxReceives).build());
  }

  private LocalQueue deadLettersOf(LocalQueue queue) {
    return queues.createQueue(queue.name().replace("orders", "orders-dlq"));
  }

  /** Answers each batch by its bodies; {@code $body} stands for the id of the message. */
  private EventFunction answering(Function<List<String>, String> response) {
    return new EventFunction() {
      @Override
      public EventAnswer invoke(byte[] event, InvokeOptions options) {
        List<String> bodies = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        EventView view = EventView.of(event);
        for (int i = 0; view.text(JsonPointer.of("/Records/" + i + "/body")).isPresent(); i++) {
          bodies.add(view.text(JsonPointer.of("/Records/" + i + "/body")).orElseThrow());
          ids.add(view.text(JsonPointer.of("/Records/" + i + "/messageId")).orElseThrow());
        }
        seen.add(bodies);
        String text = response.apply(bodies);
        for (int i = 0; i < ids.size(); i++) {
          text = text.replace("$" + bodies.get(i), ids.get(i));
        }
        return text.startsWith("!") ? EventAnswer.failed("Boom", text) : EventAnswer.returned(text);
      }
    };
  }

  private static String failing(String... bodies) {
    StringBuilder json = new StringBuilder();
    for (String body : bodies) {
      json.append(json.isEmpty() ? "" : ",").append("{\"itemIdentifier\":\"$").append(body);
      json.append("\"}");
    }
    return "{\"batchItemFailures\":[" + json + "]}";
  }

  private static EventSourceOptions reporting() {
    return EventSourceOptions.builder().reportBatchItemFailures().build();
  }

  private void send(LocalQueue queue, String... bodies) {
    for (String body : bodies) {
      SqsSend message = SqsSend.of(body);
      if (queue.isFifo()) {
        message.group(body.substring(0, 1)).deduplicationId(body);
      }
      queues.send(queue, message);
    }
  }

  private List<String> bodies(LocalQueue queue) {
    return queues.messages(queue).stream().map(SimulatedMessage::body).toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          empty list           | {"batchItemFailures":[]}                                     | ``
          null list            | {"batchItemFailures":null}                                   | ``
          empty response       | {}                                                           | ``
          null response        | null                                                         | ``
          no bytes             | ``                                                           | ``
          wrong outer key      | {"failures":[{"itemIdentifier":"$a"}]}                       | ``
          one failure          | {"batchItemFailures":[{"itemIdentifier":"$a"}]}              | a
          invalid JSON         | {"batch                                                      | ab
          empty identifier     | {"batchItemFailures":[{"itemIdentifier":""}]}                | ab
          null identifier      | {"batchItemFailures":[{"itemIdentifier":null}]}              | ab
          wrong inner key      | {"batchItemFailures":[{"id":"$a"}]}                          | ab
          foreign identifier   | {"batchItemFailures":[{"itemIdentifier":"not-of-the-batch"}]}| ab
          thrown exception     | !boom                                                        | ab
          """)
  void a_response_returns_these_messages(String situation, String response, String returned) {
    LocalQueue orders = queue("orders", 1);
    send(orders, "a", "b");
    try (SqsMapping mapping =
        SqsMapping.start(queues, orders, answering(b -> response), reporting(), SqsFaults.none())) {
      mapping.drain();
    }

    assertThat(String.join("", bodies(deadLettersOf(orders)))).isEqualTo(returned);
    queues.assertNothingLost();
  }

  @ParameterizedTest
  @CsvSource({"DROP_RESPONSE", "TIMEOUT", "KILL"})
  void a_lost_invocation_returns_the_whole_batch(SqsFault fault) {
    LocalQueue orders = queue("orders", 5);
    send(orders, "a", "b");
    SqsMapping.start(
            queues, orders, answering(b -> "{}"), reporting(), SqsFaults.none().on(1, fault))
        .drain();

    assertThat(seen).hasSize(fault == SqsFault.KILL ? 1 : 2);
    assertThat(queues.conservation().deleted()).hasSize(2);
    assertThat(queues.account()).contains("receive 2 from orders");
  }

  @Test
  void with_the_flag_off_the_response_is_ignored_and_failures_are_deleted() {
    LocalQueue orders = queue("orders", 5);
    send(orders, "a", "b");
    SqsMapping.start(
            queues,
            orders,
            answering(b -> failing("a")),
            EventSourceOptions.defaults(),
            SqsFaults.none())
        .drain();

    assertThat(seen).hasSize(1);
    assertThat(queues.account()).contains("ReportBatchItemFailures is off");
    assertThat(bodies(deadLettersOf(orders))).isEmpty();
  }

  @Test
  void poison_moves_on_the_receive_after_the_limit_with_its_count_and_its_story() {
    LocalQueue orders = queue("orders", 2);
    send(orders, "a");
    SqsMapping.start(queues, orders, answering(b -> failing("a")), reporting(), SqsFaults.none())
        .drain();

    assertThat(seen).hasSize(2);
    SimulatedMessage dead = queues.messages(deadLettersOf(orders)).get(0);
    assertThat(dead.receives()).as("the move keeps the count").isEqualTo(2);
    assertThat(dead.sentAt()).as("and the age").isEqualTo(clock.now().minusSeconds(60));
    assertThat(queues.explain(dead.messageId()).replaceAll("[0-9a-f-]{36}", "<id>"))
        .isEqualTo(
            """
            message 1 (<id>) a
              +00:00:00.000  sent to orders
              +00:00:00.000  receive 1 from orders, hidden until +00:00:30.000
              +00:00:00.000  returns at +00:00:30.000: batch 1, request <id>: 1 of 1 reported as failed
              +00:00:30.000  receive 2 from orders, hidden until +00:01:00.000
              +00:00:30.000  returns at +00:01:00.000: batch 2, request <id>: 1 of 1 reported as failed
              +00:01:00.000  moved to orders-dlq: receive 3 would be over the 2 that are allowed
              now in orders-dlq, visible, received 2 times
            """);
  }

  @Test
  void a_throttled_batch_is_retried_until_its_visibility_ends_and_each_receive_counts() {
    LocalQueue orders = queue("orders", 2);
    send(orders, "a");
    SqsFaults throttled = SqsFaults.none();
    for (int i = 1; i <= 100; i++) {
      throttled = throttled.on(i, SqsFault.THROTTLE);
    }
    SqsMapping.start(queues, orders, answering(b -> "{}"), reporting(), throttled).drain();

    assertThat(seen).as("never run").isEmpty();
    assertThat(bodies(deadLettersOf(orders))).containsExactly("a");
  }

  @Test
  void a_throttled_batch_runs_as_the_same_receive_once_there_is_room() {
    LocalQueue orders = queue("orders", 5);
    send(orders, "a");
    SqsFaults throttled = SqsFaults.none().on(1, SqsFault.THROTTLE).on(2, SqsFault.THROTTLE);
    SqsMapping.start(queues, orders, answering(b -> "{}"), reporting(), throttled).drain();

    assertThat(seen).hasSize(1);
    assertThat(clock.nanoTime()).as("after 1 s and 2 s more").isEqualTo(3_000_000_000L);
    assertThat(queues.account()).contains("throttled; tried again").doesNotContain("receive 2");
  }

  @Test
  void a_batch_is_gathered_until_its_window_ends() {
    LocalQueue orders = queue("orders", 5);
    EventSourceOptions windowed =
        EventSourceOptions.builder()
            .batchSize(100)
            .maximumBatchingWindow(Duration.ofSeconds(5))
            .build();
    SqsMapping mapping =
        SqsMapping.start(queues, orders, answering(b -> "{}"), windowed, SqsFaults.none());
    send(orders, "a");
    clock.advance(Duration.ofSeconds(3));
    send(orders, IntStream.range(0, 30).mapToObj(i -> "b" + i).toArray(String[]::new));
    mapping.drain();

    assertThat(seen).singleElement().satisfies(batch -> assertThat(batch).hasSize(31));
    assertThat(clock.now()).isEqualTo(VirtualClock.start().now().plusSeconds(5));
  }

  @Test
  void a_batch_that_comes_due_while_the_function_sleeps_overlaps() {
    LocalQueue orders = queue("orders", 5);
    List<String> order = new ArrayList<>();
    EventFunction sleeping =
        answering(
            bodies -> {
              order.add("begin " + bodies);
              clock.advance(Duration.ofSeconds(1));
              order.add("end " + bodies);
              return "{}";
            });
    send(orders, "a", "b");
    SqsMapping.start(
            queues,
            orders,
            sleeping,
            EventSourceOptions.builder().batchSize(1).concurrency(2).build(),
            SqsFaults.none())
        .drain();

    assertThat(order).containsExactly("begin [a]", "begin [b]", "end [b]", "end [a]");
    queues.assertNothingLost();
  }

  @Test
  void duplicates_are_delivered_and_nothing_is_lost() {
    LocalQueue orders = queue("orders", 5);
    send(orders, "a", "b");
    SqsMapping.start(
            queues, orders, answering(b -> "{}"), reporting(), SqsFaults.none().duplicates(1))
        .drain();

    assertThat(seen.stream().flatMap(List::stream)).containsExactlyInAnyOrder("a", "b", "a", "b");
    queues.assertNothingLost();
  }

  @Test
  void a_drain_that_never_ends_says_what_circulates() {
    LocalQueue orders = queues.createQueue("orders");
    send(orders, "a");
    SqsMapping mapping =
        SqsMapping.start(
            queues, orders, answering(b -> failing("a")), reporting(), SqsFaults.none());

    assertThatThrownBy(() -> mapping.drain(3))
        .isInstanceOf(PowertoolsException.class)
        .hasMessageContaining("orders is not drained after 3 invocations")
        .hasMessageContaining("1 of 1 reported as failed");
  }

  @Test
  void pollers_slow_down_by_function_errors_only_while_the_flag_is_off() {
    assertThat(overlapAfterAFailure(EventSourceOptions.builder())).isEqualTo(1);
    assertThat(overlapAfterAFailure(EventSourceOptions.builder().reportBatchItemFailures()))
        .isEqualTo(2);
  }

  private int overlapAfterAFailure(EventSourceOptions.Builder options) {
    VirtualClock own = VirtualClock.start();
    SimulatedQueues ownQueues = SimulatedQueues.on(own);
    LocalQueue orders = ownQueues.createQueue("orders");
    List<String> depth = new ArrayList<>();
    int[] most = {0};
    ownQueues.send(orders, SqsSend.of("bad"));
    EventFunction function =
        (event, how) -> {
          if (new String(event, UTF_8).contains("\"bad\"")
              && own.now().equals(VirtualClock.start().now())) {
            return EventAnswer.failed(FunctionError.EXITED, "boom");
          }
          depth.add("");
          most[0] = Math.max(most[0], depth.size());
          own.advance(Duration.ofSeconds(1));
          depth.remove(0);
          return EventAnswer.returned("{}");
        };
    SqsMapping mapping =
        SqsMapping.start(
            ownQueues,
            orders,
            function,
            options.batchSize(1).concurrency(2).build(),
            SqsFaults.none());
    own.advance(Duration.ofSeconds(1));
    ownQueues.send(orders, SqsSend.of("a"));
    ownQueues.send(orders, SqsSend.of("b"));
    own.advance(Duration.ofMillis(1));
    mapping.drain();
    return most[0];
  }

  @Nested
  class A_fifo_queue {

    @Test
    void keeps_the_order_of_each_group_over_failures() {
      LocalQueue orders = queue("orders.fifo", 5);
      send(orders, "a1", "b1", "a2", "b2");
      SqsMapping.start(
              queues,
              orders,
              answering(b -> seen.size() == 1 ? failing("a1", "a2") : "{}"),
              reporting(),
              SqsFaults.none().duplicates(0.5))
          .drain();

      List<String> all = seen.stream().flatMap(List::stream).toList();
      assertThat(all.indexOf("a1")).isLessThan(all.indexOf("a2"));
      assertThat(all.lastIndexOf("a1")).isLessThan(all.lastIndexOf("a2"));
      queues.assertNothingLost();
    }

    @Test
    void locks_a_group_while_one_of_its_messages_is_in_flight() {
      LocalQueue orders = queue("orders.fifo", 5);
      send(orders, "a1", "a2", "a3", "b1");
      List<SqsReceived> first = receive(orders, 2);
      changeVisibility(orders, first.get(0), 0);

      assertThat(receive(orders, 10))
          .extracting(message -> message.content().body())
          .as("a1 is visible, and a2 in flight")
          .containsExactly("b1");
    }

    @Test
    void resets_the_age_on_the_move_to_the_dead_letters() {
      LocalQueue orders = queue("orders.fifo", 1);
      send(orders, "a1");
      receive(orders, 1);
      clock.advance(Duration.ofMinutes(1));
      receive(orders, 1);

      assertThat(queues.messages(deadLettersOf(orders)).get(0).sentAt()).isEqualTo(clock.now());
    }

    @Test
    void drops_a_duplicate_for_five_minutes() {
      LocalQueue orders = queue("orders.fifo", 5);
      send(orders, "a1", "a1");
      clock.advance(Duration.ofMinutes(5).minusMillis(1));
      send(orders, "a1");
      assertThat(bodies(orders)).hasSize(1);

      clock.advance(Duration.ofMillis(1));
      send(orders, "a1");
      assertThat(bodies(orders)).hasSize(2);
    }

    @Test
    void refuses_a_receipt_handle_whose_visibility_has_ended() {
      LocalQueue orders = queue("orders.fifo", 5);
      send(orders, "a1");
      SqsReceived received = receive(orders, 1).get(0);
      clock.advance(Duration.ofSeconds(30));

      assertThatThrownBy(() -> delete(orders, received))
          .isInstanceOf(SqsRefusal.class)
          .hasMessageContaining("The receipt handle has expired");
    }
  }

  @Nested
  class A_queue {

    @Test
    void deletes_nothing_by_an_old_receipt_handle() {
      LocalQueue orders = queue("orders", 5);
      send(orders, "a");
      SqsReceived old = receive(orders, 1).get(0);
      clock.advance(Duration.ofSeconds(30));
      receive(orders, 1);

      assertThat(delete(orders, old)).isFalse();
      assertThat(bodies(orders)).containsExactly("a");
    }

    @Test
    void counts_a_change_of_visibility_from_the_call_and_forgets_it_at_the_next_receive() {
      LocalQueue orders = queue("orders", 5);
      send(orders, "a");
      SqsReceived received = receive(orders, 1).get(0);
      clock.advance(Duration.ofSeconds(10));
      changeVisibility(orders, received, 100);

      clock.advance(Duration.ofSeconds(99));
      assertThat(receive(orders, 1)).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(receive(orders, 1)).hasSize(1);
      clock.advance(Duration.ofSeconds(30));
      assertThat(receive(orders, 1)).as("the queue's own timeout again").hasSize(1);
    }

    @Test
    void refuses_to_hide_a_message_for_more_than_12_hours_from_its_receive() {
      LocalQueue orders = queue("orders", 5);
      send(orders, "a");
      SqsReceived received = receive(orders, 1).get(0);
      clock.advance(Duration.ofSeconds(10));

      assertThatThrownBy(() -> changeVisibility(orders, received, 43_191))
          .hasMessageContaining("beyond the limit [43200 seconds]");
      changeVisibility(orders, received, 43_190);
      assertThatThrownBy(() -> changeVisibility(orders, received, 43_201))
          .hasMessageContaining("VisibilityTimeout");
    }

    @Test
    void drops_what_it_has_kept_for_the_retention_period() {
      LocalQueue orders =
          queues.createQueue(
              "short", QueueOptions.builder().retention(Duration.ofHours(1)).build());
      send(orders, "a");
      clock.advance(Duration.ofHours(2));

      assertThat(bodies(orders)).isEmpty();
      assertThat(queues.account()).contains("+01:00:00.000  expired: short keeps");
      queues.assertNothingLost();
    }

    @Test
    void loses_a_dead_letter_that_is_older_than_the_dead_letter_queue_keeps() {
      LocalQueue dead =
          queues.createQueue("dead", QueueOptions.builder().retention(Duration.ofHours(1)).build());
      LocalQueue orders =
          queues.createQueue("orders", QueueOptions.builder().deadLetterQueue(dead, 1).build());
      send(orders, "a");
      clock.advance(Duration.ofHours(2));
      receive(orders, 1);
      clock.advance(Duration.ofHours(1));
      receive(orders, 1);

      assertThat(bodies(dead)).as("its age counts from the first queue").isEmpty();
      assertThat(queues.account()).contains("moved to dead").contains("expired: dead keeps");
    }

    @Test
    void refuses_a_dead_letter_queue_of_the_other_type() {
      LocalQueue fifo = queues.createQueue("dead.fifo");
      QueueOptions options = QueueOptions.builder().deadLetterQueue(fifo, 3).build();

      assertThatThrownBy(() -> queues.createQueue("orders", options))
          .hasMessageContaining("must be same type");
    }

    @Test
    void counts_sizes_in_utf8_with_names_types_and_values() {
      LocalQueue orders = queue("orders", 5);
      String body = "é".repeat((1_048_576 - 10) / 2);

      queues.send(orders, SqsSend.of(body).attribute("ab", "xy"));
      assertThatThrownBy(() -> queues.send(orders, SqsSend.of(body).attribute("abc", "xy")))
          .hasMessageContaining("shorter than 1048576 bytes");
    }

    @Test
    void holds_back_what_is_over_the_limit_in_flight() {
      SimulatedQueues tight = SimulatedQueues.builder(clock).inFlightLimit(2).build();
      LocalQueue orders = tight.createQueue("orders");
      for (int i = 0; i < 3; i++) {
        tight.send(orders, SqsSend.of("m" + i));
      }
      List<SqsReceived> two = tight.within(w -> w.byName("orders").receive(10, null));
      List<SqsReceived> none = tight.within(w -> w.byName("orders").receive(10, null));

      assertThat(two).hasSize(2);
      assertThat(none).isEmpty();
    }
  }

  @Test
  void the_same_seed_gives_the_same_account_and_another_seed_another() {
    assertThat(accountOf(7)).isEqualTo(accountOf(7)).isNotEqualTo(accountOf(8));
  }

  private String accountOf(long seed) {
    VirtualClock own = VirtualClock.start();
    SimulatedQueues ownQueues = SimulatedQueues.builder(own).seed(seed).shuffled().build();
    LocalQueue orders = ownQueues.createQueue("orders");
    for (int i = 0; i < 30; i++) {
      ownQueues.send(orders, SqsSend.of("m" + i));
    }
    SqsMapping.start(
            ownQueues,
            orders,
            (event, how) -> {
              own.advance(Duration.ofMillis(300));
              return event.length % 3 == 0
                  ? EventAnswer.failed("Boom", "no")
                  : EventAnswer.returned("{}");
            },
            EventSourceOptions.builder().batchSize(3).concurrency(4).build(),
            SqsFaults.none().duplicates(0.3).on(2, SqsFault.DROP_RESPONSE))
        .drain(200);
    ownQueues.assertNothingLost();
    return ownQueues.account();
  }

  private List<SqsReceived> receive(LocalQueue queue, int most) {
    return queues.within(w -> w.byName(queue.name()).receive(most, null));
  }

  private boolean delete(LocalQueue queue, SqsReceived received) {
    return queues.within(w -> w.byName(queue.name()).delete(received.handle(), "a test"));
  }

  private void changeVisibility(LocalQueue queue, SqsReceived received, int seconds) {
    queues.within(
        w -> {
          w.byName(queue.name()).changeVisibility(received.handle(), seconds);
          return "";
        });
  }
}
