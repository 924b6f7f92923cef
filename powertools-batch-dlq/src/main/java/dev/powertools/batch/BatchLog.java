// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.BatchSignal.DeadLetterUnconfirmed;
import dev.powertools.batch.Progress.Parked;
import dev.powertools.batch.Settled.RetryLater;
import dev.powertools.core.Disposition;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
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
              "Record {} goes to the dead-letter queue ({}: {})",
              record.id(),
              parked.reason(),
              parked.message(),
              parked.failure());
    }
  }

  private static void retried(BatchRecord record, RetryLater later, LiveInvocation invocation) {
    Throwable failure = later.failure();
    String cause = failure == null ? "outcome" : failure.getClass().getName();
    Duration delay = later.delay();
    invocation.emit(
        new BatchSignal.RetryLater(record.id(), delay == null ? Duration.ZERO : delay, cause));
    if (failure != null && isWaiting(failure, invocation)) {
      logger().debug("Record {} is being handled elsewhere: {}", record.id(), SafeText.of(failure));
    } else if (failure != null) {
      logger().warn("Record {} failed and is delivered again", record.id(), failure);
    }
  }

  private static boolean isWaiting(Throwable failure, LiveInvocation invocation) {
    return invocation.runtime().failures().judge(failure).disposition() == Disposition.WAIT;
  }

  /** So little time was left that nothing was begun. */
  static void noTime() {
    logger().warn("Too little time is left to begin records of a batch; they are delivered again");
  }

  /** The batch has to be answered, and a record still runs. */
  static void tooSlow(BatchRecord record) {
    logger()
        .warn(
            "Record {} still runs when the batch has to be answered, so it is delivered again",
            record.id());
  }

  /** A record came to something after its batch was answered. */
  static void late(BatchRecord record, Progress progress) {
    logger()
        .warn(
            "Record {} came to its end ({}) after its batch was answered; that changes nothing",
            record.id(),
            progress.getClass().getSimpleName());
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

  /** A queue refused to change when a message comes again: mostly since its receipt is too old. */
  static void visibilityKept(String why) {
    logger().debug("A message keeps its visibility timeout: {}", why);
  }

  /** A queue could not be asked to change when messages come again. */
  static void notPostponed(int count, Throwable failure) {
    logger()
        .warn(
            "{} messages come again when their visibility timeout ends, since it can't be changed"
                + " now",
            count,
            failure);
  }

  /** A queue could not be asked to delete what is done. */
  static void notDeleted(int count, Throwable failure) {
    logger()
        .warn("{} messages that are done can't be deleted ahead of the response", count, failure);
  }

  /** What is done could not be deleted, so what may kill the function does not begin. */
  static void suspectsReturned() {
    logger()
        .info(
            "Records that were received often did not run, since those done beside them can't be"
                + " deleted first; they are delivered again");
  }

  /** The redrive policy of a queue can't be read now. */
  static void limitUnknown(String source, Throwable failure) {
    logger().debug("How often {} delivers a message can't be found out now", source, failure);
  }

  /** The function lacks a permission. */
  static void denied(String action, String source, String consequence, Throwable failure) {
    logger()
        .warn(
            "The function may not {} on {}, so {}. Allow it in the policy of the function's role."
                + " This is said only once.",
            action,
            source,
            consequence,
            failure);
  }

  /** Dead letters could not be sent. */
  static void unsent(String what, @Nullable Throwable failure) {
    logger().error(what, failure);
  }
}
