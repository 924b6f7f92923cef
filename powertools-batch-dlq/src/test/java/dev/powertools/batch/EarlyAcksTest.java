// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is acknowledged while the rest of its batch runs. */
@Timeout(60)
class EarlyAcksTest {

  private final TestTiming timing = new TestTiming();
  private final FakeSourceQueues queues = new FakeSourceQueues();
  private final FunctionRuntime runtime =
      Fixtures.runtime(FakeDeadLetters.accepting())
          .timing(timing)
          .part(SourceQueues.class, queues)
          .build();
  private final LiveInvocation batch = Fixtures.batch(runtime);

  private static BatchOptions every(int records) {
    return BatchOptions.builder().acknowledgeEarly(records, Duration.ofSeconds(2)).build();
  }

  private List<String> run(
      BatchOptions options, RecordWork<SqsMessage> work, List<SqsMessage> messages) {
    List<String> failed = new ArrayList<>();
    Fixtures.inside(
        Scope.of(batch),
        () ->
            failed.addAll(
                Fixtures.failures(
                    batch,
                    messages,
                    (in, message) -> {
                      queues.events.add(message.id());
                      return work.call(in, message);
                    },
                    Dispatch.SEQUENTIAL,
                    options)));
    return failed;
  }

  private static Object result(SqsMessage message) {
    return message.id().startsWith("x") ? Outcome.retryAfter(Duration.ZERO) : Outcome.done();
  }

  private static List<SqsMessage> standard(String... ids) {
    return List.of(ids).stream().map(id -> Fixtures.received(id, null, 1)).toList();
  }

  private List<String> deletes() {
    return queues.events.stream().filter(event -> event.startsWith("delete")).toList();
  }

  @Test
  void is_deleted_every_so_many_records_and_never_reported() {
    List<String> failed =
        run(every(2), (in, message) -> result(message), standard("a", "x", "b", "c", "d", "e"));

    assertThat(failed).containsExactly("x");
    assertThat(queues.events)
        .containsExactly(
            "a",
            "x",
            "b",
            "delete [receipt-a, receipt-b]",
            "c",
            "d",
            "delete [receipt-c, receipt-d]",
            "e");
  }

  @Test
  void is_nothing_by_default() {
    run(BatchOptions.defaults(), (in, message) -> result(message), standard("a", "b"));

    assertThat(queues.events).containsExactly("a", "b");
  }

  @Test
  void is_no_message_that_was_written_by_hand() {
    run(every(1), (in, message) -> result(message), Fixtures.messages(2));

    assertThat(deletes()).isEmpty();
  }

  @Test
  void is_deleted_by_another_thread_when_it_has_waited_while_the_next_record_runs()
      throws InterruptedException {
    CountDownLatch deleted = new CountDownLatch(1);
    queues.onDelete = deleted::countDown;

    run(
        every(10),
        (in, message) -> {
          if (message.id().equals("long")) {
            timing.pass(Duration.ofSeconds(2));
            assertThat(deleted.await(30, TimeUnit.SECONDS)).isTrue();
          }
          return Outcome.done();
        },
        standard("a", "b", "long"));

    assertThat(deletes()).containsExactly("delete [receipt-a, receipt-b]");
  }

  @Test
  void is_deleted_by_one_request_at_a_time() {
    CountDownLatch firstDelete = new CountDownLatch(1);
    CountDownLatch next = new CountDownLatch(1);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    queues.onDelete =
        () -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          firstDelete.countDown();
          await(next);
          underWay.decrementAndGet();
        };
    Fixtures.inside(
        Scope.of(batch),
        () ->
            Fixtures.failures(
                batch,
                standard("a", "b", "c"),
                (in, message) -> {
                  if (message.id().equals("b")) {
                    firstDelete.await();
                  } else if (message.id().equals("c")) {
                    next.countDown();
                  }
                  return Outcome.done();
                },
                new Crew(2, timing, RecordThreads.of(runtime, 2), null),
                every(1)));

    assertThat(most).hasValue(1);
    assertThat(deletes()).first().isEqualTo("delete [receipt-a]");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void is_deleted_no_more_when_the_batch_is_answered() {
    run(every(10), (in, message) -> Outcome.done(), standard("a"));
    assertThat(timing.planned()).isZero();
    batch.end(FinalOutcome.of(FinalOutcome.Kind.DONE));

    timing.pass(Duration.ofMinutes(1));

    assertThat(deletes()).isEmpty();
  }

  @Nested
  class A_delete_that_fails {

    @Test
    void changes_nothing() {
      queues.failure = new IllegalStateException("500");

      assertThat(run(every(1), (in, message) -> result(message), standard("a", "x", "b")))
          .containsExactly("x");
      assertThat(deletes()).hasSize(2);
    }

    @Test
    void for_lack_of_a_permission_is_the_last() {
      queues.failure = new SourceQueues.DeniedException(new IllegalStateException("403"));

      assertThat(run(every(1), (in, message) -> result(message), standard("a", "b", "c")))
          .isEmpty();
      assertThat(deletes()).containsExactly("delete [receipt-a]");
    }
  }

  @Nested
  class In_a_fifo_queue {

    private List<SqsMessage> messages(String... idsAndGroups) {
      List<SqsMessage> messages = new ArrayList<>();
      for (String id : idsAndGroups) {
        messages.add(Fixtures.received(id, id.substring(0, 1), 1));
      }
      return messages;
    }

    @Test
    void a_request_holds_one_record_of_each_group() {
      run(every(3), (in, message) -> Outcome.done(), messages("a1", "a2", "b1"));

      assertThat(deletes())
          .containsExactly("delete [receipt-a1, receipt-b1]", "delete [receipt-a2]");
    }

    @Test
    void nothing_is_deleted_behind_what_could_not_be() {
      queues.deletes = false;

      assertThat(run(every(1), (in, message) -> Outcome.done(), messages("a1", "a2", "b1")))
          .isEmpty();
      assertThat(deletes()).containsExactly("delete [receipt-a1]", "delete [receipt-b1]");
    }

    @Test
    void a_dead_letter_is_deleted_as_well() {
      run(every(1), (in, message) -> Outcome.deadLetter("bad"), messages("a1"));

      assertThat(deletes()).containsExactly("delete [receipt-a1]");
    }
  }

  @Test
  void before_a_suspect_is_not_deleted_twice() {
    List<SqsMessage> messages =
        List.of(
            Fixtures.received("s", null, 3),
            Fixtures.received("a", null, 1),
            Fixtures.received("b", null, 1),
            Fixtures.received("c", null, 1));

    run(every(2), (in, message) -> Outcome.done(), messages);

    assertThat(queues.events)
        .containsExactly(
            "a",
            "b",
            "delete [receipt-a, receipt-b]",
            "c",
            "delete [receipt-c]",
            "s",
            "delete [receipt-s]");
  }

  @Test
  void by_many_threads_at_once_each_record_is_deleted_once_and_groups_in_their_order() {
    Seeds.forEach(
        50,
        random -> {
          queues.events.clear();
          boolean fifo = random.nextBoolean();
          List<SqsMessage> messages =
              IntStream.range(0, 40)
                  .mapToObj(i -> Fixtures.received("m" + i, group(fifo, random.nextInt(4)), 1))
                  .toList();
          LiveInvocation own = Fixtures.batch(runtime);
          Fixtures.inside(
              Scope.of(own),
              () ->
                  Fixtures.failures(
                      own,
                      messages,
                      (in, message) -> Outcome.done(),
                      new Crew(8, timing, RecordThreads.of(runtime, 8), null),
                      every(1 + random.nextInt(10))));
          requireOrder(messages);
        });
  }

  private static @Nullable String group(boolean fifo, int number) {
    return fifo ? "g" + number : null;
  }

  private void requireOrder(List<SqsMessage> messages) {
    List<String> receipts =
        deletes().stream()
            .flatMap(each -> List.of(each.substring(8, each.length() - 1).split(", ")).stream())
            .toList();
    assertThat(receipts).doesNotHaveDuplicates();
    for (int g = 0; g < 4; g++) {
      String group = "g" + g;
      List<String> ofGroup =
          messages.stream().filter(m -> group.equals(m.lane())).map(SqsMessage::receipt).toList();
      List<String> deleted = receipts.stream().filter(ofGroup::contains).toList();
      assertThat(deleted).isEqualTo(ofGroup.subList(0, deleted.size()));
    }
  }

  @Test
  void values_that_cannot_work_are_refused() {
    Duration second = Duration.ofSeconds(1);

    assertThatThrownBy(() -> BatchOptions.builder().acknowledgeEarly(0, second))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("every = 0");
    assertThatThrownBy(() -> BatchOptions.builder().acknowledgeEarly(11, second))
        .hasMessageContaining("1 to 10");
    assertThatThrownBy(() -> BatchOptions.builder().acknowledgeEarly(1, Duration.ZERO))
        .hasMessageContaining("within = PT0S");
  }
}
