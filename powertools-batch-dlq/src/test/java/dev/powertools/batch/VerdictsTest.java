// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.batch.Settled.RetryLater;
import dev.powertools.core.Disposition;
import dev.powertools.core.Failures;
import dev.powertools.core.Outcome;
import dev.powertools.core.Permanent;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Transient;
import dev.powertools.core.internal.LiveInvocation;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sqs.model.SqsException;

class VerdictsTest {

  private static final String RETRY = "RETRY_LATER 0";
  private static final String PERMANENT = "PERMANENT";

  private final LiveInvocation invocation =
      Fixtures.batch(
          Fixtures.runtime(FakeDeadLetters.none())
              .failures(
                  Failures.builder()
                      .permanent(IllegalArgumentException.class)
                      .transientFailure(NumberFormatException.class)
                      .build())
              .build());

  @Permanent
  static class InvalidOrder extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static class InvalidAmount extends InvalidOrder {
    private static final long serialVersionUID = 1L;
  }

  @Transient(retryAfter = "30s")
  static class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static class Own extends PowertoolsException {
    private static final long serialVersionUID = 1L;
    private final Disposition disposition;

    Own(Disposition disposition) {
      super("own");
      this.disposition = disposition;
    }

    @Override
    public Disposition disposition() {
      return disposition;
    }
  }

  private static Throwable sdk(int status) {
    return SqsException.builder().statusCode(status).message("status " + status).build();
  }

  static Stream<Arguments> failures() {
    InvalidOrder invalid = new InvalidOrder();
    return Stream.of(
        arguments(new IOException("reset"), RETRY),
        arguments(invalid, PERMANENT),
        arguments(new InvalidAmount(), PERMANENT),
        arguments(new Busy(), "RETRY_LATER 30"),
        arguments(new IllegalArgumentException("rule"), PERMANENT),
        arguments(new NumberFormatException("nearer rule"), RETRY),
        arguments(new RuntimeException(invalid), PERMANENT),
        arguments(new CompletionException(invalid), PERMANENT),
        arguments(new ExecutionException(invalid), PERMANENT),
        arguments(new InvocationTargetException(invalid), PERMANENT),
        arguments(new UndeclaredThrowableException(invalid), PERMANENT),
        arguments(new CompletionException(new Busy()), "RETRY_LATER 30"),
        arguments(new Own(Disposition.WAIT), RETRY),
        arguments(new Own(Disposition.RETRY_LATER), RETRY),
        arguments(new Own(Disposition.DEAD_LETTER), PERMANENT),
        arguments(new Own(Disposition.DONE), RETRY),
        arguments(new RuntimeException(new Own(Disposition.DONE)), RETRY),
        arguments(new UndecodableRecordException("m", String.class, "no", null), "UNDECODABLE"),
        arguments(sdk(400), RETRY),
        arguments(sdk(403), RETRY),
        arguments(sdk(404), RETRY),
        arguments(sdk(408), RETRY),
        arguments(sdk(429), RETRY),
        arguments(sdk(500), RETRY),
        arguments(sdk(503), RETRY),
        arguments(new RuntimeException(sdk(503)), RETRY),
        arguments(new NoClassDefFoundError("x"), RETRY),
        arguments(new ExceptionInInitializerError("x"), RETRY),
        arguments(new StackOverflowError(), RETRY),
        arguments(new AssertionError("x"), RETRY),
        arguments(new Error("some other"), RETRY));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failure_means(Throwable failure, String expected) {
    assertThat(describe(Verdicts.ofFailure(failure, invocation))).isEqualTo(expected);
  }

  private static String describe(Progress progress) {
    if (progress instanceof Parked parked) {
      return parked.reason().name();
    }
    if (progress instanceof RetryLater later) {
      return "RETRY_LATER " + (later.delay() == null ? 0 : later.delay().toSeconds());
    }
    return ((Settled) progress).end().kind().name();
  }

  @ParameterizedTest
  @MethodSource("fatal")
  void an_error_of_the_virtual_machine_fails_the_whole_batch(Throwable failure, Error fatal) {
    assertThatThrownBy(() -> Verdicts.ofFailure(failure, invocation)).isSameAs(fatal);
  }

  static Stream<Arguments> fatal() {
    OutOfMemoryError memory = new OutOfMemoryError();
    InternalError internal = new InternalError();
    return Stream.of(
        arguments(memory, memory),
        arguments(internal, internal),
        arguments(new ExecutionException(memory), memory));
  }

  @Test
  void an_interruption_is_delivered_again_and_the_flag_is_restored() {
    Progress progress = Verdicts.ofFailure(new InterruptedException(), invocation);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(describe(progress)).isEqualTo(RETRY);
  }

  @Nested
  class A_result {

    @Test
    void says_it_itself() {
      assertThat(Verdicts.ofResult(Outcome.done(), invocation)).isInstanceOf(Settled.Done.class);
      assertThat(Verdicts.ofResult(Outcome.ignored("old"), invocation))
          .isEqualTo(new Settled.Ignored("old"));
      assertThat(Verdicts.ofResult(Outcome.retryAfter(Duration.ofMinutes(2)), invocation))
          .isEqualTo(new RetryLater(Duration.ofMinutes(2), null));
      assertThat(Verdicts.ofResult(Outcome.deadLetter("bad"), invocation))
          .isEqualTo(new Parked(DeadLetterReason.PERMANENT, "bad", null, invocation));
    }

    @Test
    void that_is_no_outcome_is_no_success() {
      assertThat(Verdicts.ofResult(null, invocation))
          .isInstanceOfSatisfying(
              RetryLater.class,
              later -> assertThat(later.failure()).hasMessageContaining("onRecord returned null"));
      assertThat(Verdicts.ofResult("ok", invocation))
          .isInstanceOfSatisfying(
              RetryLater.class,
              later -> assertThat(later.failure()).hasMessageContaining("a java.lang.String"));
    }
  }
}
