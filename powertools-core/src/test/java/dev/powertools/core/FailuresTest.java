// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.Failures.Verdict;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FailuresTest {

  private final Failures failures = Failures.defaults();

  @Permanent
  static class InvalidOrder extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Transient(retryAfter = "30s")
  static class StockBusy extends InvalidOrder {
    private static final long serialVersionUID = 1L;
  }

  static class VeryBusy extends StockBusy {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void an_unknown_failure_is_transient() {
    assertThat(failures.judge(new IllegalStateException())).isEqualTo(Verdict.TRANSIENT);
  }

  @Test
  void the_nearest_mark_counts() {
    assertThat(failures.judge(new InvalidOrder())).isEqualTo(Verdict.PERMANENT);
    assertThat(failures.judge(new VeryBusy()))
        .isEqualTo(Verdict.retryAfter(Duration.ofSeconds(30)));
  }

  @Test
  void causes_and_wrappers_are_looked_through() {
    assertThat(failures.judge(new RuntimeException(new InvalidOrder())))
        .isEqualTo(Verdict.PERMANENT);
    assertThat(failures.judge(new CompletionException(new ExecutionException(new InvalidOrder()))))
        .isEqualTo(Verdict.PERMANENT);
  }

  @Test
  void the_outer_opinion_counts_before_that_of_the_cause() {
    Failures busyIsTransient =
        Failures.builder().transientFailure(IllegalStateException.class).build();

    assertThat(busyIsTransient.judge(new IllegalStateException(new InvalidOrder())))
        .isEqualTo(Verdict.TRANSIENT);
  }

  @Test
  void a_cycle_of_causes_ends() {
    RuntimeException a = new RuntimeException("a");
    RuntimeException b = new RuntimeException("b", a);
    a.initCause(b);

    assertThat(failures.judge(a)).isEqualTo(Verdict.TRANSIENT);
  }

  @Test
  void the_toolkits_own_exceptions_speak_for_themselves() {
    PowertoolsException busy =
        new PowertoolsException("in progress") {
          private static final long serialVersionUID = 1L;

          @Override
          public Verdict verdict() {
            return new Verdict(Disposition.WAIT, Optional.of(Duration.ofSeconds(3)));
          }
        };

    assertThat(failures.judge(busy).disposition()).isEqualTo(Disposition.WAIT);
    assertThat(failures.judge(new MissingScopeException("tenant_id", "x")).disposition())
        .isEqualTo(Disposition.DEAD_LETTER);
  }

  private static PowertoolsException own(Disposition disposition, Throwable cause) {
    return new PowertoolsException("own", cause) {
      private static final long serialVersionUID = 1L;

      @Override
      public Disposition disposition() {
        return disposition;
      }
    };
  }

  @Test
  void that_an_inner_step_is_done_says_nothing_about_the_whole() {
    PowertoolsException done = own(Disposition.DONE, new InvalidOrder());

    assertThat(failures.judge(done).disposition()).isEqualTo(Disposition.DONE);
    assertThat(failures.judge(new CompletionException(done)).disposition())
        .isEqualTo(Disposition.DONE);
    assertThat(failures.judge(new IllegalStateException(own(Disposition.DONE, null))))
        .isEqualTo(Verdict.TRANSIENT);
    assertThat(failures.judge(new IllegalStateException(done))).isEqualTo(Verdict.PERMANENT);
  }

  @Transient(retryAfter = "soon")
  static class BusyForSomeTime extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Permanent
  static class NoCauseToGive extends CompletionException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("getCause");
    }
  }

  static class OutOfMemory extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable getCause() {
      throw new OutOfMemoryError("heap");
    }
  }

  @Nested
  class What_throws_while_it_is_judged {

    @Test
    void a_time_that_is_none_leaves_a_plain_transient_failure() {
      assertThat(failures.judge(new BusyForSomeTime())).isEqualTo(Verdict.TRANSIENT);
    }

    @Test
    void a_cause_that_cannot_be_had_is_none() {
      NoCauseToGive failure = new NoCauseToGive();

      assertThat(Failures.unwrap(failure)).isSameAs(failure);
      assertThat(failures.judge(failure)).isEqualTo(Verdict.PERMANENT);
    }

    @Test
    void a_predicate_has_no_opinion() {
      Failures rules =
          Failures.builder()
              .when(f -> f.getMessage().contains("x"), Verdict.TRANSIENT)
              .when(f -> f instanceof IllegalStateException, Verdict.PERMANENT)
              .build();

      assertThat(rules.judge(new IllegalStateException())).isEqualTo(Verdict.PERMANENT);
      assertThat(rules.judge(new InvalidOrder())).isEqualTo(Verdict.PERMANENT);
    }

    @Test
    void an_exception_of_the_toolkit_that_cannot_tell_has_no_opinion() {
      PowertoolsException broken =
          new PowertoolsException("broken", new InvalidOrder()) {
            private static final long serialVersionUID = 1L;

            @Override
            public Disposition disposition() {
              throw new IllegalStateException("disposition");
            }
          };

      assertThat(failures.judge(broken)).isEqualTo(Verdict.PERMANENT);
    }

    @Test
    void an_error_of_the_virtual_machine_goes_on() {
      assertThatThrownBy(() -> failures.judge(new OutOfMemory()))
          .isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Nested
  class Rules {

    @Test
    void the_most_specific_class_wins_whatever_the_order() {
      Failures rules =
          Failures.builder()
              .permanent(FileNotFoundException.class)
              .transientFailure(IOException.class)
              .build();

      assertThat(rules.judge(new FileNotFoundException())).isEqualTo(Verdict.PERMANENT);
      assertThat(rules.judge(new IOException())).isEqualTo(Verdict.TRANSIENT);
    }

    @Test
    void of_two_rules_for_one_class_the_first_wins() {
      Failures rules =
          Failures.builder()
              .permanent(IOException.class)
              .transientFailure(IOException.class)
              .build();

      assertThat(rules.judge(new IOException())).isEqualTo(Verdict.PERMANENT);
    }

    @Test
    void predicates_come_after_classes_and_before_marks() {
      Failures rules = Failures.builder().when(f -> true, Verdict.TRANSIENT).build();

      assertThat(rules.judge(new InvalidOrder())).isEqualTo(Verdict.TRANSIENT);
    }
  }
}
