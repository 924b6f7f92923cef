// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of the rest of a group, and of a batch that failed as a whole. */
class AfterDeadLetterTest {

  private static final BatchOptions BLOCKING =
      BatchOptions.builder().afterDeadLetter(AfterDeadLetter.BLOCK_GROUP).build();

  private final FakeSourceQueues queues = new FakeSourceQueues();
  private final FakeDeadLetters deadLetters = FakeDeadLetters.accepting();
  private final FunctionRuntime runtime =
      Fixtures.runtime(deadLetters).part(SourceQueues.class, queues).build();
  private final List<String> ran = new ArrayList<>();

  private List<String> run(BatchOptions options, SqsMessage... messages) {
    return Fixtures.failures(
        Fixtures.batch(runtime),
        List.of(messages),
        (in, message) -> {
          ran.add(message.id());
          if (message.id().startsWith("x")) {
            throw new IllegalStateException(message.id());
          }
          return message.id().startsWith("dead") ? Outcome.deadLetter("bad") : Outcome.done();
        },
        Dispatch.SEQUENTIAL,
        options);
  }

  private static SqsMessage of(String id, String group) {
    return Fixtures.received(id, group, 1);
  }

  @Nested
  class A_group_that_is_blocked {

    @Test
    void does_not_run_behind_a_dead_letter_and_other_groups_do() {
      assertThat(run(BLOCKING, of("a1", "a"), of("dead", "a"), of("a3", "a"), of("b1", "b")))
          .containsExactly("a3");
      assertThat(ran).containsExactly("a1", "dead", "b1");
      assertThat(deadLetters.heldIds()).containsExactly("dead");
      assertThat(queues.requests).isEmpty();
    }

    @Test
    void waits_as_redelivery_says() {
      BatchOptions patient =
          BLOCKING.toBuilder()
              .redelivery(new Backoff(Duration.ofSeconds(10), 1, Duration.ofSeconds(10)))
              .build();

      run(patient, of("dead", "a"), of("a2", "a"), of("a3", "a"));

      assertThat(queues.hidden).containsOnlyKeys("receipt-a2", "receipt-a3");
      assertThat(queues.hidden.get("receipt-a2")).isBetween(5, 10);
      assertThat(queues.hidden.get("receipt-a2")).isEqualTo(queues.hidden.get("receipt-a3"));
    }

    @Test
    void is_none_of_a_standard_queue() {
      assertThat(
              run(BLOCKING, Fixtures.received("dead", null, 1), Fixtures.received("m2", null, 1)))
          .isEmpty();
    }
  }

  @Test
  void a_group_goes_on_by_default() {
    assertThat(run(BatchOptions.defaults(), of("dead", "a"), of("a2", "a"))).isEmpty();
    assertThat(ran).containsExactly("dead", "a2");
  }

  @Nested
  class A_batch_that_failed_as_a_whole {

    private final BatchOptions throwing = BatchOptions.builder().throwOnFullFailure().build();

    @Test
    void is_an_error_where_that_is_asked_for_after_its_queue_was_asked_for_delays() {
      BatchOptions options =
          throwing.toBuilder()
              .redelivery(new Backoff(Duration.ofSeconds(10), 1, Duration.ofSeconds(10)))
              .build();

      assertThatThrownBy(
              () ->
                  run(options, Fixtures.received("x1", null, 1), Fixtures.received("x2", null, 1)))
          .isInstanceOf(FullBatchFailureException.class)
          .hasMessageContaining("None of the 2 records")
          .hasRootCauseMessage("x1")
          .satisfies(
              e -> assertThat(e.getSuppressed()).extracting(Throwable::getMessage).contains("x2"));
      assertThat(queues.hidden).containsOnlyKeys("receipt-x1", "receipt-x2");
    }

    @Test
    void is_answered_by_default() {
      assertThat(run(BatchOptions.defaults(), Fixtures.received("x1", null, 1)))
          .containsExactly("x1");
    }

    @Test
    void is_none_in_which_one_succeeded_or_is_a_dead_letter() {
      assertThat(run(throwing, Fixtures.received("x1", null, 1), Fixtures.received("m2", null, 1)))
          .containsExactly("x1");
      assertThat(
              run(throwing, Fixtures.received("x1", null, 1), Fixtures.received("dead", null, 1)))
          .containsExactly("x1");
    }

    @Test
    void is_none_without_records() {
      assertThat(run(throwing)).isEmpty();
    }
  }

  @DeadLetter(then = AfterDeadLetter.BLOCK_GROUP)
  @Deadline(unrunDelay = "7s")
  @EarlyAcknowledge(every = 3, within = "500ms")
  @ThrowOnFullFailure
  @Parallel(max = 4, fairnessKey = "customer")
  private static final class Annotated {}

  @Test
  void annotations_say_the_same_as_options() {
    BatchOptions options = BatchOptions.of(Annotated.class);

    assertThat(options.afterDeadLetter()).isEqualTo(AfterDeadLetter.BLOCK_GROUP);
    assertThat(options.unrunDelay()).isEqualTo(Duration.ofSeconds(7));
    assertThat(options.reserve()).isEmpty();
    assertThat(options.acknowledgedEvery()).hasValue(3);
    assertThat(options.acknowledgedWithin()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.throwsOnFullFailure()).isTrue();
    assertThat(options.fairnessKey()).contains("customer");
    assertThat(options.toBuilder().build()).usingRecursiveComparison().isEqualTo(options);
  }
}
