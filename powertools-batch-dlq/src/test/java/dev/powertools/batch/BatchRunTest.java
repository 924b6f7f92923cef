// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static dev.powertools.batch.Fixtures.failures;
import static dev.powertools.batch.Fixtures.grouped;
import static dev.powertools.batch.Fixtures.message;
import static dev.powertools.batch.Fixtures.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.batch.DeadLetterQueue.Receipt;
import dev.powertools.batch.Progress.Parked;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import dev.powertools.core.Permanent;
import dev.powertools.core.Signal;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRunTest {

  private final FakeDeadLetters deadLetters = FakeDeadLetters.accepting();
  private final List<Signal> signals = Fixtures.signals();
  private final FunctionRuntime runtime = withDeadLetters(deadLetters);
  private final List<String> ran = new ArrayList<>();
  private final Fixtures.Ends ends = new Fixtures.Ends();

  private FunctionRuntime withDeadLetters(FakeDeadLetters queue) {
    return Fixtures.runtime(queue).listener((signal, in) -> signals.add(signal)).build();
  }

  /** Does what is said for each id, and nothing but success for the others. */
  private RecordWork<SqsMessage> doing(Map<String, Object> byId) {
    return (invocation, message) -> {
      ran.add(message.messageId());
      ends.watch(invocation, message);
      Object said = byId.getOrDefault(message.messageId(), Outcome.done());
      if (said instanceof Throwable failure) {
        throw failure;
      }
      return said;
    };
  }

  @AfterEach
  void leaves_no_flag_behind() {
    Thread.interrupted();
  }

  @Test
  void an_empty_batch_has_no_failures() {
    assertThat(failures(runtime, List.of(), doing(Map.of()))).isEmpty();
  }

  @Test
  void what_is_done_or_ignored_is_not_reported_and_all_else_is_in_the_order_of_the_batch() {
    List<String> failed =
        failures(
            runtime,
            messages(5),
            doing(
                Map.of(
                    "m1", Outcome.ignored("seen"),
                    "m3", new IllegalStateException("no"),
                    "m2", Outcome.retryAfter(Duration.ofSeconds(5)))));

    assertThat(failed).containsExactly("m2", "m3");
    assertThat(ran).containsExactly("m0", "m1", "m2", "m3", "m4");
    assertThat(ends.byRecord)
        .containsEntry("m0", List.of("DONE"))
        .containsEntry("m1", List.of("IGNORED"))
        .containsEntry("m2", List.of("RETRY_LATER"))
        .containsEntry("m3", List.of("RETRY_LATER"));
  }

  @Test
  void a_message_that_is_in_the_batch_twice_runs_once_and_both_share_its_outcome() {
    List<SqsMessage> twice = List.of(message("a"), message("b"), message("a"), message("b"));

    List<String> failed = failures(runtime, twice, doing(Map.of("b", new Error("no"))));

    assertThat(ran).containsExactly("a", "b");
    assertThat(failed).containsExactly("b");
  }

  @Test
  void different_ids_of_the_same_hash_are_different_messages() {
    assertThat("Aa").hasSameHashCodeAs("BB");

    assertThat(failures(runtime, List.of(message("Aa"), message("BB")), doing(Map.of()))).isEmpty();
    assertThat(ran).containsExactly("Aa", "BB");
  }

  @Test
  void records_that_name_the_same_work_are_each_their_own() {
    Map<String, MessageAttribute> redriven =
        FailureNote.attach(
                message("m1"), new Parked(DeadLetterReason.PERMANENT, "", null, batch()), 0)
            .attributes();
    List<SqsMessage> given =
        List.of(
            Fixtures.sqs("m0", "", Fixtures.STANDARD, Map.of(), redriven),
            message("m1"),
            message("m2"));
    List<String> workIds = new ArrayList<>();
    RecordWork<SqsMessage> work =
        (invocation, message) -> {
          workIds.add(invocation.workId());
          return Outcome.done();
        };

    failures(runtime, given, work);
    failures(runtime, given.subList(0, 1), work);

    assertThat(workIds).containsExactly("m0", "m1", "m2", "m1");
  }

  private LiveInvocation batch() {
    return Fixtures.batch(runtime);
  }

  @Permanent
  @SuppressWarnings("OverrideThrowableToString") // as users' code does
  static class NoText extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      throw new IllegalStateException("toString");
    }
  }

  @Permanent
  @SuppressWarnings("OverrideThrowableToString") // as users' code does
  static class NoMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new StackOverflowError();
    }

    @Override
    public String toString() {
      return "no message";
    }
  }

  static class NothingToTell extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("getMessage");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("getCause");
    }
  }

  @Test
  void a_failure_that_cannot_be_told_fails_its_own_record_only() {
    List<String> failed =
        failures(
            runtime,
            messages(5),
            doing(
                Map.of(
                    "m0", new NoText(),
                    "m1", new NoMessage(),
                    "m2", new NothingToTell(),
                    "m3", Outcome.deadLetter("bad"))));

    assertThat(ran).hasSize(5);
    assertThat(failed).containsExactly("m2");
    assertThat(deadLetters.heldIds()).containsExactly("m0", "m1", "m3");
    assertThat(ends.of("m2")).containsExactly("RETRY_LATER");
  }

  @Test
  void a_record_runs_in_a_unit_of_work_of_its_own_inside_the_batchs() {
    LiveInvocation batch = Fixtures.batch(runtime);
    RecordWork<SqsMessage> work =
        (invocation, message) -> {
          FunctionInvocation current = FunctionInvocation.current().orElseThrow();
          assertThat(current).isSameAs(invocation);
          assertThat(current.parent()).contains(batch);
          assertThat(current.workId()).isEqualTo(message.originId());
          assertThat(current.event().text(dev.powertools.core.json.JsonPointer.root()))
              .contains(message.body());
          current.beforeResponse(
              () -> ran.add("hook in " + FunctionInvocation.current().orElseThrow().workId()));
          return Outcome.done();
        };

    assertThat(failures(batch, messages(1), work, Dispatch.SEQUENTIAL)).isEmpty();
    assertThat(ran).containsExactly("hook in m0");
    assertThat(FunctionInvocation.current()).isEmpty();
  }

  @Test
  void signals_tell_what_became_of_records_and_batch() {
    failures(
        runtime,
        messages(5),
        doing(
            Map.of(
                "m0", Outcome.ignored("seen"),
                "m1", Outcome.retryAfter(Duration.ofSeconds(5)),
                "m2", new IllegalStateException("no"),
                "m3", Outcome.deadLetter("bad"))));

    assertThat(signals)
        .containsExactly(
            new BatchSignal.Ignored("m0", "seen"),
            new BatchSignal.RetryLater("m1", Duration.ofSeconds(5), "outcome"),
            new BatchSignal.RetryLater("m2", Duration.ZERO, "java.lang.IllegalStateException"),
            new BatchSignal.DeadLettered("m3", DeadLetterReason.PERMANENT),
            new BatchSignal.Ended(1, 1, 2, 1, 0, 1, Duration.ZERO));
    assertThat(signals).allSatisfy(s -> assertThat(s.name()).startsWith("batch."));
    assertThat(signals).allSatisfy(s -> assertThat(s.fields()).isNotEmpty());
  }

  @Nested
  class A_dead_letter {

    @Test
    void that_is_confirmed_is_not_reported() {
      List<String> failed =
          failures(runtime, messages(3), doing(Map.of("m1", Outcome.deadLetter("bad"))));

      assertThat(failed).isEmpty();
      assertThat(deadLetters.heldIds()).containsExactly("m1");
      assertThat(ends.of("m1")).containsExactly("DEAD_LETTERED");
    }

    @Test
    void ends_its_record_only_after_the_confirmation() {
      List<String> whenSent = new ArrayList<>();
      FakeDeadLetters queue =
          FakeDeadLetters.answering(
              (q, sent) -> {
                whenSent.add("ran " + ran + ", ended " + ends.byRecord.keySet());
                return q.accept(sent);
              });

      failures(withDeadLetters(queue), messages(2), doing(Map.of("m0", Outcome.deadLetter("bad"))));

      assertThat(whenSent).containsExactly("ran [m0, m1], ended [m1]");
    }

    @Test
    void that_nobody_confirms_is_reported() {
      FakeDeadLetters broken =
          FakeDeadLetters.answering(
              (queue, sent) -> {
                throw new IllegalStateException("500");
              });

      List<String> failed =
          failures(
              withDeadLetters(broken), messages(2), doing(Map.of("m1", Outcome.deadLetter("bad"))));

      assertThat(failed).containsExactly("m1");
      assertThat(ends.of("m1")).containsExactly("RETRY_LATER");
      assertThat(signals)
          .contains(new BatchSignal.DeadLetterUnconfirmed("m1", DeadLetterReason.PERMANENT));
    }

    @Test
    void whose_answer_is_lost_is_reported_although_the_queue_has_it() {
      FakeDeadLetters lossy =
          FakeDeadLetters.answering(
              (queue, sent) -> {
                queue.accept(sent);
                throw new IllegalStateException("connection reset");
              });

      assertThat(
              failures(
                  withDeadLetters(lossy), messages(1), doing(Map.of("m0", Outcome.deadLetter("")))))
          .containsExactly("m0");
      assertThat(lossy.heldIds()).contains("m0");
    }

    @Test
    void is_reported_for_those_entries_of_a_request_that_failed() {
      FakeDeadLetters partial =
          FakeDeadLetters.answering(
              (queue, sent) ->
                  sent.stream()
                      .map(
                          m ->
                              m.deduplicationId().equals("m1")
                                  ? Receipt.REFUSED
                                  : Receipt.CONFIRMED)
                      .toList());

      List<String> failed =
          failures(
              withDeadLetters(partial),
              messages(3),
              (invocation, message) -> Outcome.deadLetter("all"));

      assertThat(failed).containsExactly("m1");
    }

    @Test
    void without_a_queue_is_reported() {
      FakeDeadLetters none = FakeDeadLetters.none();

      assertThat(
              failures(
                  withDeadLetters(none), messages(1), doing(Map.of("m0", Outcome.deadLetter("")))))
          .containsExactly("m0");
    }

    @Test
    void that_is_undecodable_says_so() {
      failures(
          runtime,
          messages(1),
          doing(Map.of("m0", new UndecodableRecordException("m0", String.class, "no", null))));

      assertThat(deadLetters.held.get(0).attributes().get("pt.reason").text())
          .contains("UNDECODABLE");
    }

    @Test
    void waits_in_a_standard_queue_for_the_others_and_goes_with_them() {
      failures(runtime, messages(25), (invocation, message) -> Outcome.deadLetter("all"));

      assertThat(deadLetters.requests.stream().map(List::size)).containsExactly(10, 10, 5);
    }
  }

  @Nested
  class In_a_fifo_queue {

    private final List<SqsMessage> two =
        List.of(
            grouped("a1", "a"),
            grouped("b1", "b"),
            grouped("a2", "a"),
            grouped("b2", "b"),
            grouped("a3", "a"));

    @Test
    void the_rest_of_a_group_does_not_run_after_a_failure_and_other_groups_do() {
      List<String> failed =
          failures(runtime, two, doing(Map.of("a1", Outcome.retryAfter(Duration.ZERO))));

      assertThat(failed).containsExactly("a1", "a2", "a3");
      assertThat(ran).containsExactly("a1", "b1", "b2");
      assertThat(signals).contains(new BatchSignal.Ended(2, 0, 1, 0, 2, 1, Duration.ZERO));
    }

    @Test
    void a_group_goes_on_after_a_confirmed_dead_letter_which_was_sent_before() {
      List<String> ranBefore = new ArrayList<>();
      FakeDeadLetters queue =
          FakeDeadLetters.answering(
              (q, sent) -> {
                ranBefore.addAll(ran);
                return q.accept(sent);
              });

      List<String> failed =
          failures(withDeadLetters(queue), two, doing(Map.of("a1", Outcome.deadLetter("bad"))));

      assertThat(failed).isEmpty();
      assertThat(ranBefore).containsExactly("a1");
      assertThat(ran).containsExactly("a1", "b1", "a2", "b2", "a3");
      assertThat(queue.held.get(0).groupId()).isEqualTo("a");
    }

    @Test
    void a_group_stops_after_a_dead_letter_that_nobody_confirms() {
      FakeDeadLetters none = FakeDeadLetters.none();

      List<String> failed =
          failures(withDeadLetters(none), two, doing(Map.of("a2", Outcome.deadLetter("bad"))));

      assertThat(failed).containsExactly("a2", "a3");
      assertThat(ran).doesNotContain("a3").contains("b2");
    }

    @Test
    void the_groups_of_a_standard_queue_keep_no_order() {
      List<SqsMessage> fair =
          two.stream()
              .map(
                  m -> Fixtures.sqs(m.messageId(), "", Fixtures.STANDARD, m.attributes(), Map.of()))
              .toList();

      assertThat(failures(runtime, fair, doing(Map.of("a1", new Error("no")))))
          .containsExactly("a1");
    }
  }

  @Nested
  class An_error {

    @ParameterizedTest
    @ValueSource(
        classes = {StackOverflowError.class, AssertionError.class, NoClassDefFoundError.class})
    void fails_its_record_only(Class<? extends Error> type) throws Exception {
      Error error = type.getDeclaredConstructor().newInstance();

      assertThat(failures(runtime, messages(3), doing(Map.of("m1", error)))).containsExactly("m1");
    }

    @Test
    void of_memory_fails_the_whole_batch_and_ends_what_was_parked() {
      OutOfMemoryError error = new OutOfMemoryError();

      assertThatThrownBy(
              () ->
                  failures(
                      runtime,
                      messages(3),
                      doing(Map.of("m0", Outcome.deadLetter("bad"), "m1", error))))
          .isSameAs(error);

      assertThat(ran).containsExactly("m0", "m1");
      assertThat(deadLetters.heldIds()).isEmpty();
      assertThat(ends.of("m0")).containsExactly("RETRY_LATER");
      assertThat(ends.of("m1")).containsExactly("RETRY_LATER");
    }

    @Test
    void of_the_engine_to_run_a_record_has_it_delivered_again() {
      Dispatch forgetful = (size, lanes, run) -> run.accept(0);

      assertThat(failures(Fixtures.batch(runtime), messages(2), doing(Map.of()), forgetful))
          .containsExactly("m1");
    }
  }

  @Nested
  class An_interruption {

    @Test
    void stops_the_batch_and_stays_visible() {
      List<String> failed =
          failures(runtime, messages(4), doing(Map.of("m1", new InterruptedException())));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failed).containsExactly("m1", "m2", "m3");
      assertThat(ran).containsExactly("m0", "m1");
    }

    @Test
    void that_the_record_noted_only_by_the_flag_stops_the_batch_after_it() {
      List<String> failed =
          failures(
              runtime,
              messages(3),
              (invocation, message) -> {
                ran.add(message.messageId());
                Thread.currentThread().interrupt();
                return Outcome.done();
              });

      assertThat(failed).containsExactly("m1", "m2");
      assertThat(ran).containsExactly("m0");
    }

    @Test
    void of_an_earlier_batch_does_not_stop_this_one() {
      Thread.currentThread().interrupt();

      assertThat(failures(runtime, messages(2), doing(Map.of()))).isEmpty();
      assertThat(ran).hasSize(2);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
