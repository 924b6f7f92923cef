// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.Disposition;
import dev.powertools.core.FinalOutcome;
import dev.powertools.core.FinalOutcome.Kind;
import dev.powertools.core.Outcome;
import dev.powertools.core.Permanent;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.idempotency.Choices.Order;
import dev.powertools.idempotency.TestStore.Write;
import dev.powertools.idempotency.spi.StoredRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Failures that are kept, replayed, and forgotten. */
class IdempotentFailureTest {

  private final Function function = new Function();
  private final Choices choices = new Choices();
  private final Order order = new Order("secret-order-id", 5);

  private @Nullable Object call(String method) throws Throwable {
    return function.call(choices, method, order);
  }

  private static Callable<?> failing(Throwable failure) {
    return () -> {
      throw TestStore.<RuntimeException>unchecked(failure);
    };
  }

  @Permanent
  private static final class NoSuchArticle extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchArticle(String message) {
      super(message);
    }
  }

  @Nested
  class A_failure {

    private void failsOnceWith(String method, Exception failure) {
      choices.body = failing(failure);
      assertThatThrownBy(() -> call(method)).isSameAs(failure).hasNoSuppressedExceptions();
      choices.body = () -> "second";
    }

    @Test
    void that_is_kept_is_not_tried_again_before_the_expiry() throws Throwable {
      failsOnceWith("keep", new IOException("gateway down"));

      assertThatThrownBy(() -> call("keep"))
          .isInstanceOfSatisfying(
              KeptFailureException.class,
              e -> {
                assertThat(e.failureType()).isEqualTo("java.io.IOException");
                assertThat(e.failureMessage()).isEqualTo("gateway down");
                assertThat(e.disposition()).isEqualTo(Disposition.DEAD_LETTER);
              });
      assertThat(function.store.writes()).containsExactly(Write.CLAIM, Write.COMPLETE, Write.CLAIM);
      function.timing.advance(Duration.ofHours(1).plusSeconds(2));
      assertThat(call("keep")).isEqualTo("second");
    }

    @Test
    void that_is_permanent_is_replayed() {
      failsOnceWith("replay", new NoSuchArticle("no article 7"));

      assertThatThrownBy(() -> call("replay"))
          .isInstanceOfSatisfying(
              ReplayedFailureException.class,
              e -> {
                assertThat(e.failureType()).isEqualTo(NoSuchArticle.class.getName());
                assertThat(e.failureMessage()).isEqualTo("no article 7");
                assertThat(e.disposition()).isEqualTo(Disposition.DEAD_LETTER);
              });
      assertThat(choices.bodies).hasValue(1);
    }

    @Test
    void that_may_pass_is_not_replayed() throws Throwable {
      failsOnceWith("replay", new IOException("gateway down"));

      assertThat(call("replay")).isEqualTo("second");
    }

    @Test
    void of_somebody_who_is_still_at_work_is_not_kept() throws Throwable {
      StoredRecord other =
          StoredRecord.builder("x", StoredRecord.Status.IN_PROGRESS, TestTiming.START).build();
      ClaimKey key = new ClaimKey("x", "inner", "hash");
      failsOnceWith("keep", new InProgressException(key, other, TestTiming.START));

      assertThat(call("keep")).isEqualTo("second");
    }

    @Test
    void is_stored_without_secrets() {
      failsOnceWith("keep", new IOException("{\"password\":\"hunter2\",\"id\":1}"));

      assertThatThrownBy(() -> call("keep"))
          .isInstanceOf(KeptFailureException.class)
          .hasMessageContaining("[REDACTED]")
          .hasMessageNotContaining("hunter2");
    }

    @Test
    void whose_message_throws_is_kept_all_the_same() {
      failsOnceWith(
          "keep",
          new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
              throw new IllegalStateException("hostile");
            }
          });

      assertThatThrownBy(() -> call("keep"))
          .isInstanceOf(KeptFailureException.class)
          .hasMessageContaining("its message can't be had");
    }

    @Test
    void that_cannot_be_stored_reaches_the_caller_all_the_same() {
      IOException failure = new IOException("gateway down");
      choices.body = failing(failure);
      for (int i = 0; i < 6; i++) {
        function.store.failNext(Write.COMPLETE, new IllegalStateException("store down"));
      }

      assertThatThrownBy(() -> call("keep")).isSameAs(failure);
      assertThat(failure.getSuppressed())
          .hasAtLeastOneElementOfType(IdempotencyStoreException.class);
    }

    @Test
    void that_is_stored_in_a_form_nobody_knows_is_never_a_reason_to_run_again() {
      failsOnceWith("keep", new IOException("gateway down"));
      function.store.rewrite(record -> record.toBuilder().data(new byte[] {'7'}).build());

      assertThatThrownBy(() -> call("keep")).isInstanceOf(ResultUnreadableException.class);
      assertThat(choices.bodies).hasValue(1);
    }

    @Test
    void said_by_an_outcome_is_not_kept() throws Throwable {
      choices.body = () -> Outcome.deadLetter("never");
      call("keepOutcome");
      call("keepOutcome");

      assertThat(choices.bodies).hasValue(2);
    }

    private LiveInvocation record(LiveInvocation batch) {
      return batch.child().workId("m-1").open();
    }

    private void endsAs(Kind kind, LiveInvocation record) {
      assertThatThrownBy(() -> Function.callIn(record, choices, "keep", order));
      record.end(FinalOutcome.of(kind));
    }

    @Test
    void that_rests_in_the_dead_letters_is_forgotten_so_that_a_redrive_runs() throws Throwable {
      LiveInvocation batch = function.invocation();
      choices.body = failing(new NoSuchArticle("no article 7"));
      endsAs(Kind.DEAD_LETTERED, record(batch));
      choices.body = () -> "redriven";

      assertThat(Function.callIn(record(batch), choices, "keep", order)).isEqualTo("redriven");
    }

    @Test
    void that_was_met_again_on_the_way_to_the_dead_letters_is_forgotten_too() throws Throwable {
      LiveInvocation batch = function.invocation();
      choices.body = failing(new IOException("gateway down"));
      endsAs(Kind.RETRY_LATER, record(batch));
      choices.body = () -> "redriven";
      endsAs(Kind.RETRY_LATER, record(batch));
      endsAs(Kind.DEAD_LETTERED, record(batch));

      assertThat(choices.bodies).hasValue(1);
      assertThat(Function.callIn(record(batch), choices, "keep", order)).isEqualTo("redriven");
    }

    @Test
    void of_a_record_that_was_given_up_meanwhile_is_kept_and_reaches_its_caller() {
      LiveInvocation batch = function.invocation();
      LiveInvocation record = record(batch);
      IOException failure = new IOException("too late");
      choices.body =
          () -> {
            record.end(FinalOutcome.of(Kind.RETRY_LATER));
            throw failure;
          };

      assertThatThrownBy(() -> Function.callIn(record, choices, "keep", order)).isSameAs(failure);
      assertThatThrownBy(() -> Function.callIn(record(batch), choices, "keep", order))
          .isInstanceOf(KeptFailureException.class);
    }

    @Test
    void whose_removal_fails_stays_and_that_is_said() {
      LiveInvocation batch = function.invocation();
      choices.body = failing(new IOException("gateway down"));
      endsAs(Kind.RETRY_LATER, record(batch));
      LiveInvocation again = record(batch);
      assertThatThrownBy(() -> Function.callIn(again, choices, "keep", order));
      function.store.failNext(Write.COMPLETE, new IllegalStateException("store down"));

      try (LogCapture log = LogCapture.begin()) {
        again.end(FinalOutcome.of(Kind.DEAD_LETTERED));
        assertThat(log.lines()).anyMatch(line -> line.contains("stays stored too"));
      }
      assertThatThrownBy(() -> Function.callIn(record(batch), choices, "keep", order))
          .isInstanceOf(KeptFailureException.class);
    }
  }
}
