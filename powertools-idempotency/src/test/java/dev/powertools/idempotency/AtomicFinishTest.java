// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.FinalOutcome;
import dev.powertools.core.Propagation;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.idempotency.Choices.Order;
import dev.powertools.idempotency.TestStore.Write;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Business writes that commit together with the completion of their claim. */
class AtomicFinishTest {

  private final Function function = new Function();
  private final Choices choices = new Choices();
  private final Order order = new Order("o-1", 5);
  private final List<String> ledger = new ArrayList<>();

  private @Nullable Object call(String method) throws Throwable {
    return function.call(choices, method, order);
  }

  private static final class Killed extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }

  private static final class TransactionCancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Both or none, as one transaction of a database that holds the store and the ledger. */
  private void commit(String entry, StoredRecord completion) {
    synchronized (function.store) {
      Reply reply = function.store.complete(completion, function.timing.now());
      if (!(reply instanceof Reply.Written)) {
        throw new TransactionCancelled();
      }
      ledger.add(entry);
    }
  }

  private String book(String entry) {
    commit(entry, Idempotency.completion("booked " + entry));
    return "booked " + entry;
  }

  @Nested
  class A_process_that_is_killed {

    @Test
    void after_the_commit_has_done_its_work_once_and_for_all() throws Throwable {
      choices.body =
          () -> {
            book("1");
            throw new Killed();
          };
      assertThatThrownBy(() -> call("text")).isInstanceOf(Killed.class);
      function.timing.advance(Duration.ofSeconds(33));
      choices.body = () -> book("2");

      assertThat(call("text")).isEqualTo("booked 1");
      assertThat(ledger).containsExactly("1");
    }

    @Test
    void before_the_commit_has_done_nothing_and_one_other_does_it() throws Throwable {
      choices.body =
          () -> {
            Idempotency.completion("booked 1");
            throw new Killed();
          };
      assertThatThrownBy(() -> call("text")).isInstanceOf(Killed.class);
      function.timing.advance(Duration.ofSeconds(33));
      choices.body = () -> book("2");

      assertThat(call("text")).isEqualTo("booked 2");
      assertThat(ledger).containsExactly("2");
    }
  }

  @Test
  void work_that_returns_after_its_commit_completes_once_more_without_harm() throws Throwable {
    choices.body = () -> book("1");

    assertThat(call("text")).isEqualTo("booked 1");
    assertThat(call("text")).isEqualTo("booked 1");
    assertThat(ledger).containsExactly("1");
    assertThat(function.store.writes())
        .containsExactly(Write.CLAIM, Write.COMPLETE, Write.COMPLETE, Write.CLAIM);
  }

  @Test
  void work_that_was_taken_over_commits_nothing() throws Throwable {
    choices.body =
        () -> {
          function.timing.advance(Duration.ofSeconds(33));
          Callable<?> slow = choices.body;
          choices.body = () -> book("in time");
          Threads.onAnotherThread(() -> Threads.callUnchecked(() -> call("text")));
          choices.body = slow;
          return book("too late");
        };

    assertThatThrownBy(() -> call("text")).isInstanceOf(TransactionCancelled.class);
    assertThat(ledger).containsExactly("in time");
    assertThat(call("text")).isEqualTo("booked in time");
  }

  @Nested
  class Work_that_fails {

    @Test
    void after_its_commit_keeps_the_result_whatever_becomes_of_exceptions() throws Throwable {
      for (String method : List.of("text", "keep")) {
        ledger.clear();
        IOException failure = new IOException("after the commit");
        choices.body =
            () -> {
              book("1");
              throw failure;
            };
        assertThatThrownBy(() -> call(method)).isSameAs(failure).hasNoSuppressedExceptions();

        assertThat(call(method)).isEqualTo("booked 1");
        assertThat(ledger).containsExactly("1");
      }
    }

    @Test
    void after_its_commit_keeps_the_result_also_when_its_record_rests_in_the_dead_letters()
        throws Throwable {
      LiveInvocation record = function.invocation().child().workId("m-1").open();
      choices.body =
          () -> {
            book("1");
            throw new IOException("after the commit");
          };
      assertThatThrownBy(() -> Function.callIn(record, choices, "keep", order))
          .isInstanceOf(IOException.class);
      record.end(FinalOutcome.of(FinalOutcome.Kind.DEAD_LETTERED));

      assertThat(call("keep")).isEqualTo("booked 1");
      assertThat(ledger).containsExactly("1");
    }

    @Test
    void without_its_commit_is_released() throws Throwable {
      choices.body =
          () -> {
            Idempotency.completion("booked 1");
            throw new IOException("no commit");
          };
      assertThatThrownBy(() -> call("text")).isInstanceOf(IOException.class);
      choices.body = () -> book("2");

      assertThat(call("text")).isEqualTo("booked 2");
    }

    @Test
    void without_its_commit_has_its_failure_kept() {
      choices.body =
          () -> {
            Idempotency.completion("booked 1");
            throw new IOException("no commit");
          };
      assertThatThrownBy(() -> call("keep")).isInstanceOf(IOException.class);

      assertThatThrownBy(() -> call("keep")).isInstanceOf(KeptFailureException.class);
      assertThat(ledger).isEmpty();
    }
  }

  @Nested
  class The_completion {

    @Test
    void is_as_the_other_library_reads_it_where_the_format_is_shared() throws Throwable {
      Idempotency shared =
          Idempotency.of(
              IdempotencyOptions.builder()
                  .name("handleRequest")
                  .keyFormat(KeyFormat.AWS_POWERTOOLS)
                  .build());
      Call killedAfterItsCommit =
          () ->
              shared.execute(
                  "o-1",
                  String.class,
                  () -> {
                    book("1");
                    throw new Killed();
                  });
      assertThatThrownBy(() -> function.inside(killedAfterItsCommit)).isInstanceOf(Killed.class);

      assertThat(function.inside(killedAfterItsCommit)).isEqualTo("booked 1");
      assertThat(new String(function.store.records().get(0).data().orElseThrow(), UTF_8))
          .isEqualTo("booked 1");
    }

    @Test
    void is_that_of_the_innermost_claim() throws Throwable {
      Choices inner = new Choices();
      List<StoredRecord> completions = new ArrayList<>();
      inner.body =
          () -> {
            completions.add(Idempotency.completion("inner"));
            return "inner";
          };
      choices.body =
          () -> {
            Threads.callUnchecked(() -> function.call(inner, "validated", order));
            completions.add(Idempotency.completion("outer"));
            return "outer";
          };
      call("text");

      List<StoredRecord> claims = function.store.claims();
      assertThat(completions)
          .extracting(StoredRecord::id)
          .containsExactly(claims.get(1).id(), claims.get(0).id());
      assertThat(completions)
          .allMatch(each -> each.status() == Status.COMPLETED)
          .extracting(StoredRecord::owner)
          .containsExactly(claims.get(1).owner(), claims.get(0).owner());
      assertThat(completions.get(0).validation()).isPresent();
    }

    @Test
    void can_be_had_on_a_thread_to_which_the_work_hops() throws Throwable {
      choices.body =
          () -> {
            Threads.onAnotherThread(Propagation.wrap(() -> book("1")));
            return "booked 1";
          };

      call("text");
      assertThat(ledger).containsExactly("1");
    }

    @Test
    void cannot_be_had_outside_of_idempotent_work() {
      assertThatThrownBy(() -> Idempotency.completion("x"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("belongs into idempotent work");
    }
  }
}
