// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.BatchSignal.DeadLetterUnconfirmed;
import dev.powertools.batch.DeadLetterQueue.UnusableException;
import dev.powertools.batch.Progress.Parked;
import dev.powertools.batch.Settled.RetryLater;
import dev.powertools.core.Disposition;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells what became of records: signals for the listeners, and a log line for each exception, which
 * nobody else would ever see. Touches no logging class while all goes well.
 */
final class BatchLog {

  private BatchLog() {}

  static Logger logger() {
    return LoggerFactory.getLogger(BatchLog.class.getPackageName());
  }

  /**
   * A line about a record: its id is a fact of its unit of work, the rest is said with the line.
   */
  private static LoggingEventBuilder about(
      BatchRecord record, String outcome, @Nullable Throwable failure) {
    LoggingEventBuilder line =
        logger()
            .atWarn()
            .setCause(failure)
            .addKeyValue("origin_id", record.workId())
            .addKeyValue("receive_count", record.receiveCount())
            .addKeyValue("outcome", outcome);
    String group = record.group();
    return group == null ? line : line.addKeyValue("message_group_id", group);
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
      about(record, "DEAD_LETTER", parked.failure())
          .log(
              "Record {} goes to the dead-letter queue ({}: {})",
              record.id(),
              parked.reason(),
              parked.message());
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
      about(record, "RETRY_LATER", failure)
          .log("Record {} failed and is delivered again", record.id());
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
    about(record, "RETRY_LATER", null)
        .log(
            "Record {} still runs when the batch has to be answered, so it is delivered again",
            record.id());
  }

  /** A record came to something after its batch was answered. */
  static void late(BatchRecord record, Progress progress, LiveInvocation invocation) {
    String outcome = progress.getClass().getSimpleName();
    invocation.emit(new BatchSignal.Late(record.id(), outcome));
    logger()
        .warn(
            "Record {} came to its end ({}) after its batch was answered; that changes nothing",
            record.id(),
            outcome);
  }

  /** A dead letter was sent, or was not. */
  static void sent(DeadLetters.Due due, boolean confirmed) {
    String id = due.record().id();
    Parked parked = due.parked();
    if (confirmed) {
      parked.invocation().emit(new BatchSignal.DeadLettered(id, parked.reason()));
    } else {
      parked.invocation().emit(new DeadLetterUnconfirmed(id, parked.reason()));
      about(due.record(), "RETRY_LATER", null)
          .log("The dead letter of record {} is not confirmed: it is delivered again", id);
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
  static void notDeleted(int count, Throwable failure, boolean isNew) {
    String text = "{} messages that are done can't be deleted ahead of the response";
    if (isNew) {
      logger().warn(text, count, failure);
    } else {
      logger().debug(text, count, failure);
    }
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

  /** A dead-letter queue can't be used for now. */
  static void unusable(LiveInvocation batch, UnusableException unusable, boolean isNew) {
    batch.emit(
        new BatchSignal.DeadLettersSuspended(
            unusable.queue(), unusable.action(), DeadLetterPaths.PAUSE));
    String text =
        "{} Until that works, records that can never succeed are delivered again. It is tried once"
            + " every {}; this is said only once.";
    if (isNew) {
      logger().warn(text, unusable.getMessage(), DeadLetterPaths.PAUSE, unusable.getCause());
    } else {
      logger().debug(text, unusable.getMessage(), DeadLetterPaths.PAUSE);
    }
  }

  /** Dead letters could not be sent. */
  static void unsent(String what, @Nullable Throwable failure) {
    logger().error(what, failure);
  }
}
