// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What was received often, and may be what kills the function. */
class IsolationTest {

  private final FakeSourceQueues queues = new FakeSourceQueues();
  private final FakeDeadLetters deadLetters = FakeDeadLetters.accepting();
  private final FunctionRuntime runtime =
      Fixtures.runtime(deadLetters).part(SourceQueues.class, queues).build();

  private List<String> run(SqsMessage... messages) {
    return run(BatchOptions.defaults(), messages);
  }

  /** Fails what begins with an x; what ran is told between what was deleted. */
  private List<String> run(BatchOptions options, SqsMessage... messages) {
    return Fixtures.failures(
        Fixtures.batch(runtime),
        List.of(messages),
        (in, message) -> {
          queues.events.add(message.id());
          if (message.id().startsWith("x")) {
            throw new IllegalStateException("no");
          }
          return Outcome.done();
        },
        Dispatch.SEQUENTIAL,
        options);
  }

  private static SqsMessage at(int receives, String id) {
    return Fixtures.received(id, null, receives);
  }

  private static SqsMessage at(int receives, String id, @Nullable String group) {
    return Fixtures.received(id, group, receives);
  }

  private List<String> reasons() {
    return deadLetters.held.stream()
        .map(letter -> letter.attributes().get("pt.reason").text().orElseThrow())
        .toList();
  }

  @Nested
  class A_suspect {

    @Test
    void runs_last_and_alone_when_what_is_done_was_deleted() {
      assertThat(run(at(3, "s"), at(1, "a"), at(4, "t"), at(2, "b"))).isEmpty();

      assertThat(queues.events)
          .containsExactly(
              "a", "b", "delete [receipt-a, receipt-b]", "s", "delete [receipt-s]", "t");
    }

    @Test
    void is_also_what_is_received_for_the_last_time() {
      queues.limit = 2;

      run(at(2, "s"), at(1, "a"));

      assertThat(queues.events).containsExactly("a", "delete [receipt-a]", "s");
    }

    @Test
    void alone_in_its_batch_needs_nothing_of_its_queue() {
      assertThat(run(at(4, "s"))).isEmpty();

      assertThat(queues.events).containsExactly("s");
      assertThat(queues.asked).isZero();
    }

    @Test
    void beside_failures_only_needs_no_deletes() {
      assertThat(run(at(1, "x"), at(3, "s"))).containsExactly("x");

      assertThat(queues.events).containsExactly("x", "s");
    }

    @Test
    void comes_again_unrun_where_what_is_done_cannot_be_deleted() {
      queues.deletes = false;

      assertThat(run(at(1, "a"), at(3, "s"), at(3, "t"))).containsExactly("s", "t");
      assertThat(queues.events).containsExactly("a", "delete [receipt-a]");
    }

    @Test
    void comes_again_unrun_where_that_is_not_allowed_which_is_asked_once() {
      queues.failure = new SourceQueues.DeniedException(new IllegalStateException("403"));

      assertThat(run(at(1, "a"), at(3, "s"))).containsExactly("s");
      assertThat(run(at(1, "b"), at(3, "s"))).containsExactly("s");
      assertThat(queues.events).containsExactly("a", "delete [receipt-a]", "b");
    }

    @Test
    void is_no_message_that_was_written_by_hand() {
      SqsMessage byHand =
          Fixtures.sqs(
              "s", "body", Fixtures.STANDARD, Map.of("ApproximateReceiveCount", "9"), Map.of());

      assertThat(run(byHand, at(1, "a"))).isEmpty();
      assertThat(queues.events).containsExactly("s", "a");
    }
  }

  @Nested
  class In_a_fifo_queue {

    @Test
    void its_group_runs_after_the_others_in_its_order() {
      assertThat(
              run(
                  at(1, "a1", "a"),
                  at(3, "a2", "a"),
                  at(1, "b1", "b"),
                  at(1, "a3", "a"),
                  at(1, "c1", "c")))
          .isEmpty();

      assertThat(queues.events)
          .containsExactly(
              "b1",
              "c1",
              "delete [receipt-b1, receipt-c1]",
              "a1",
              "delete [receipt-a1]",
              "a2",
              "delete [receipt-a2]",
              "a3");
    }

    @Test
    void a_failed_suspect_holds_the_rest_of_its_group() {
      assertThat(run(at(3, "x1", "a"), at(1, "a2", "a"), at(1, "b1", "b")))
          .containsExactly("x1", "a2");
      assertThat(queues.events).containsExactly("b1", "delete [receipt-b1]", "x1");
    }

    @Test
    void it_runs_even_where_nothing_can_be_deleted() {
      queues.deletes = false;

      assertThat(run(at(3, "a1", "a"), at(1, "b1", "b"))).isEmpty();
      assertThat(queues.events).startsWith("b1", "delete [receipt-b1]", "a1");
    }
  }

  @Nested
  class The_last_receive {

    @Test
    void that_fails_is_a_dead_letter() {
      queues.limit = 5;

      assertThat(run(at(5, "x1"), at(4, "x2"))).containsExactly("x2");
      assertThat(deadLetters.heldIds()).containsExactly("x1");
      assertThat(reasons()).containsExactly("EXHAUSTED");
    }

    @Test
    void that_fails_in_a_group_lets_the_rest_of_it_go_on() {
      queues.limit = 1;

      assertThat(run(at(1, "x1", "a"), at(1, "a2", "a"))).isEmpty();
      assertThat(deadLetters.heldIds()).containsExactly("x1");
      assertThat(queues.events).contains("a2");
    }

    @Test
    void is_unknown_where_the_policy_cannot_be_read_and_is_not_asked_for_each_record() {
      queues.limit = 1;
      queues.failure = new IllegalStateException("500");

      assertThat(run(at(1, "x1"), at(1, "x2"))).containsExactly("x1", "x2");
      assertThat(queues.asked).isEqualTo(1);
      assertThat(deadLetters.held).isEmpty();
    }

    @Test
    void is_asked_for_again_some_minutes_later() throws InterruptedException {
      queues.failure = new IllegalStateException("500");
      run(at(1, "x1"));
      queues.failure = null;
      queues.limit = 1;

      assertThat(run(at(1, "x1"))).containsExactly("x1");
      runtime.timing().sleep(Duration.ofMinutes(6));
      assertThat(run(at(1, "x1"))).isEmpty();
    }

    @Test
    void of_what_asked_to_come_later_is_no_failure() {
      queues.limit = 1;

      List<String> failed =
          Fixtures.failures(
              runtime, List.of(at(1, "a")), (in, m) -> Outcome.retryAfter(Duration.ofSeconds(1)));

      assertThat(failed).containsExactly("a");
      assertThat(deadLetters.held).isEmpty();
    }
  }

  @Test
  void a_batch_that_comes_for_the_first_time_and_succeeds_asks_its_queue_for_nothing() {
    assertThat(run(at(1, "a"), at(1, "b"))).isEmpty();
    assertThat(queues.asked).isZero();
    assertThat(queues.events).containsExactly("a", "b");
  }

  @Test
  void what_is_told_of_a_dead_letter_is_told_in_the_records_own_unit_of_work() {
    List<String> tellers = new ArrayList<>();
    FunctionRuntime told =
        runtime.toBuilder()
            .listener(
                (signal, invocation) -> {
                  if (signal instanceof BatchSignal.DeadLettered) {
                    tellers.add(FunctionInvocation.current().orElseThrow().workId());
                  }
                })
            .build();

    Fixtures.failures(
        told, List.of(at(1, "a"), at(1, "b")), (in, message) -> Outcome.deadLetter("bad"));

    assertThat(tellers).containsExactly("a", "b");
  }

  @Nested
  class Poison {

    private final BatchOptions options = BatchOptions.builder().poisonAfterReceives(3).build();

    @Test
    void is_a_dead_letter_without_being_run() {
      queues.limit = 5;

      assertThat(run(options, at(4, "p"), at(1, "a"), at(3, "s"))).isEmpty();
      assertThat(queues.events).contains("a", "s").doesNotContain("p");
      assertThat(deadLetters.heldIds()).containsExactly("p");
      assertThat(reasons()).containsExactly("POISON");
    }

    @Test
    void in_a_group_is_in_safety_before_the_next_one_runs() {
      List<String> order = new ArrayList<>();
      FakeDeadLetters watched =
          FakeDeadLetters.answering(
              (queue, messages) -> {
                order.add("dead letter");
                return queue.accept(messages);
              });
      FunctionRuntime other = runtime.toBuilder().part(DeadLetterQueues.class, watched).build();

      Fixtures.failures(
          Fixtures.batch(other),
          List.of(at(4, "p", "a"), at(1, "a2", "a")),
          (in, message) -> {
            order.add(message.id());
            return Outcome.done();
          },
          Dispatch.SEQUENTIAL,
          options);

      assertThat(order).containsExactly("dead letter", "a2");
    }

    @Test
    void that_the_queue_gives_up_before_is_refused() {
      queues.limit = 3;

      assertThatThrownBy(() -> run(options, at(2, "a")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("poisonAfterReceives = 3")
          .hasMessageContaining("after 3 receives")
          .hasMessageContaining("maxReceiveCount");
    }

    @Test
    void below_three_receives_is_refused() {
      assertThatThrownBy(() -> BatchOptions.builder().poisonAfterReceives(2))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("poisonAfterReceives = 2");
    }
  }

  @Test
  void however_often_records_came_each_runs_once_and_groups_keep_their_order() {
    Seeds.forEach(
        500,
        random -> {
          boolean fifo = random.nextBoolean();
          List<SqsMessage> messages =
              IntStream.range(0, 1 + random.nextInt(20))
                  .mapToObj(
                      i ->
                          at(1 + random.nextInt(4), "m" + i, fifo ? "g" + random.nextInt(3) : null))
                  .toList();

          List<Integer> order =
              Isolation.parts(messages, m -> m.receiveCount() > 2).stream()
                  .flatMap(part -> IntStream.of(part).boxed())
                  .toList();

          assertThat(order)
              .containsExactlyInAnyOrderElementsOf(
                  IntStream.range(0, messages.size()).boxed().toList());
          for (int g = 0; g < 3; g++) {
            String group = "g" + g;
            assertThat(order).filteredOn(i -> group.equals(messages.get(i).lane())).isSorted();
          }
        });
  }
}
