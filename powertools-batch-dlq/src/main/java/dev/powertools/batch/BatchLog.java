// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.BatchSignal.DeadLetterUnconfirmed;
import dev.powertools.batch.Progress.Parked;
import dev.powertools.batch.Settled.RetryLater;
import dev.powertools.core.Disposition;
import dev.powertools.core.internal.LiveInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what became of records: signals for the listeners, and a log line for each exception, which
 * nobody else would ever see. Touches no logging class while all goes well.
 */
final class BatchLog {

  private BatchLog() {}

  static Logger logger() {
    return LoggerFactory.getLogger(BatchLog.class.getPackageName());
  }

  /** A failure could not be judged, since something about it throws. */
  static void notJudged(Throwable because) {
    logger().warn("A record's failure can't be judged, so it is delivered again", because);
  }

  /** A record has run. What can't be told about it is not told. */
  static void ran(BatchRecord record, Progress progress, LiveInvocation invocation) {
    try {
      tell(record, progress, invocation);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      logger().warn("What became of record {} can't be told", record.id(), e);
    }
  }

  private static void tell(BatchRecord record, Progress progress, LiveInvocation invocation) {
    if (progress instanceof Settled.Ignored ignored) {
      invocation.emit(new BatchSignal.Ignored(record.id(), ignored.reason()));
    } else if (progress instanceof RetryLater later) {
      retried(record, later, invocation);
    } else if (progress instanceof Parked parked) {
      logger()
          .warn(
              "Record {} can never succeed ({}: {}) and goes to the dead-letter queue",
              record.id(),
              parked.reason(),
              parked.message(),
              parked.failure());
    }
  }

  private static void retried(BatchRecord record, RetryLater later, LiveInvocation invocation) {
    Throwable failure = later.failure();
    String cause = failure == null ? "outcome" : failure.getClass().getName();
    invocation.emit(new BatchSignal.RetryLater(record.id(), later.delay(), cause));
    if (failure != null && isWaiting(failure, invocation)) {
      logger().debug("Record {} is being handled elsewhere: {}", record.id(), SafeText.of(failure));
    } else if (failure != null) {
      logger().warn("Record {} failed and is delivered again", record.id(), failure);
    }
  }

  private static boolean isWaiting(Throwable failure, LiveInvocation invocation) {
    return invocation.runtime().failures().judge(failure).disposition() == Disposition.WAIT;
  }

  /** A dead letter was sent, or was not. */
  static void sent(DeadLetters.Due due, boolean confirmed) {
    String id = due.record().id();
    Parked parked = due.parked();
    if (confirmed) {
      parked.invocation().emit(new BatchSignal.DeadLettered(id, parked.reason()));
    } else {
      parked.invocation().emit(new DeadLetterUnconfirmed(id, parked.reason()));
      logger().warn("The dead letter of record {} is not confirmed: it is delivered again", id);
    }
  }

  /** Dead letters could not be sent. */
  static void unsent(String what, @Nullable Throwable failure) {
    logger().error(what, failure);
  }
}
