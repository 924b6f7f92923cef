// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.batch.Settled.Ignored;
import dev.powertools.batch.Settled.RetryLater;
import dev.powertools.core.Disposition;
import dev.powertools.core.Failures;
import dev.powertools.core.Failures.Verdict;
import dev.powertools.core.Outcome;
import dev.powertools.core.internal.LiveInvocation;
import org.jspecify.annotations.Nullable;

/**
 * What a result or a failure means for a record. An {@link Outcome} says it itself; failures are
 * judged by the runtime's {@link Failures}.
 */
final class Verdicts {

  private Verdicts() {}

  /** The chain returned. Only a success that was said is one. */
  static Progress ofResult(@Nullable Object result, LiveInvocation invocation) {
    if (result instanceof Outcome.Done) {
      return Settled.Done.INSTANCE;
    }
    if (result instanceof Outcome.Ignored ignored) {
      return new Ignored(ignored.reason());
    }
    if (result instanceof Outcome.RetryAfter later) {
      return new RetryLater(later.delay(), null);
    }
    if (result instanceof Outcome.DeadLetter dead) {
      return new Parked(DeadLetterReason.PERMANENT, dead.reason(), null, invocation);
    }
    return new RetryLater(null, noOutcome(result));
  }

  private static IllegalStateException noOutcome(@Nullable Object result) {
    return new IllegalStateException(
        "onRecord returned "
            + (result == null ? "null" : "a " + result.getClass().getName())
            + ", which says nothing about the record, so it is delivered again. Return"
            + " Outcome.done().");
  }

  /**
   * The chain threw.
   *
   * @throws VirtualMachineError if that is what it threw, save for stack overflow: after that
   *     nothing about the batch can be relied on
   */
  static Progress ofFailure(Throwable failure, LiveInvocation invocation) {
    Throwable unwrapped = Failures.unwrap(failure);
    if (unwrapped instanceof VirtualMachineError fatal
        && !(unwrapped instanceof StackOverflowError)) {
      throw fatal;
    }
    if (unwrapped instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new RetryLater(null, failure);
    }
    try {
      return judged(failure, unwrapped, invocation);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      BatchLog.notJudged(e);
      return new RetryLater(null, failure);
    }
  }

  /**
   * An exception that says "done" tells of one step: of a nested claim whose result was not kept.
   * The rest of the record's work has not run, so the record is never acknowledged for it.
   */
  private static Progress judged(
      Throwable failure, Throwable unwrapped, LiveInvocation invocation) {
    Verdict verdict = invocation.runtime().failures().judge(failure);
    return switch (verdict.disposition()) {
      case DONE, RETRY_LATER, WAIT -> new RetryLater(verdict.retryAfter().orElse(null), failure);
      case DEAD_LETTER -> new Parked(reason(unwrapped), SafeText.of(failure), failure, invocation);
    };
  }

  /** Whether a record comes again since it failed, and neither waits nor was broken off. */
  static boolean hasFailed(RetryLater later, LiveInvocation invocation) {
    Throwable failure = later.failure();
    if (failure == null || Failures.unwrap(failure) instanceof InterruptedException) {
      return false;
    }
    try {
      return invocation.runtime().failures().judge(failure).disposition()
          == Disposition.RETRY_LATER;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return false; // it could not be judged before either
    }
  }

  /** A record failed on its last receive. */
  static Parked exhausted(BatchRecord record, Progress progress, LiveInvocation invocation) {
    Throwable failure = progress instanceof RetryLater later ? later.failure() : null;
    String message =
        "failed on receive " + record.receiveCount() + ", the last that its queue allows";
    return new Parked(DeadLetterReason.EXHAUSTED, message, failure, invocation);
  }

  /** A record was received too often to be run again. */
  static Parked poison(BatchRecord record, LiveInvocation invocation) {
    String message = "received " + record.receiveCount() + " times by now, and not run";
    return new Parked(DeadLetterReason.POISON, message, null, invocation);
  }

  private static DeadLetterReason reason(Throwable failure) {
    return failure instanceof UndecodableRecordException
        ? DeadLetterReason.UNDECODABLE
        : DeadLetterReason.PERMANENT;
  }
}
