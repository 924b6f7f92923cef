// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.Signal;
import java.time.Duration;
import java.util.Map;

/** What became of records and batches, for logs, spans and counters. */
public sealed interface BatchSignal extends Signal {

  /**
   * There was nothing to do for a record: a success.
   *
   * @param recordId the record
   * @param reason what the handler said
   */
  record Ignored(String recordId, String reason) implements BatchSignal {
    @Override
    public String name() {
      return "batch.ignored";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("record_id", recordId, "reason", reason);
    }
  }

  /**
   * A record is delivered again.
   *
   * @param recordId the record
   * @param delay how long it should wait at least; zero if nobody knows
   * @param cause the class of the exception, or {@code outcome} if the handler said so
   */
  record RetryLater(String recordId, Duration delay, String cause) implements BatchSignal {
    @Override
    public String name() {
      return "batch.retry_later";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("record_id", recordId, "delay_ms", delay.toMillis(), "cause", cause);
    }
  }

  /**
   * A record rests in the dead-letter queue, confirmed.
   *
   * @param recordId the record
   * @param reason why
   */
  record DeadLettered(String recordId, DeadLetterReason reason) implements BatchSignal {
    @Override
    public String name() {
      return "batch.dead_lettered";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("record_id", recordId, "reason", reason.name());
    }
  }

  /**
   * A record should rest in the dead-letter queue, but nobody confirmed it, so it is delivered
   * again.
   *
   * @param recordId the record
   * @param reason why it should rest there
   */
  record DeadLetterUnconfirmed(String recordId, DeadLetterReason reason) implements BatchSignal {
    @Override
    public String name() {
      return "batch.dead_letter_unconfirmed";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("record_id", recordId, "reason", reason.name());
    }
  }

  /**
   * No dead letters are sent for a while, since the function may not, or the queue is not there;
   * such records are delivered again.
   *
   * @param queue the ARN of the queue, or what else is known of it
   * @param action what can't be done, such as {@code sqs:SendMessage}
   * @param pause after what time it is tried again
   */
  record DeadLettersSuspended(String queue, String action, Duration pause) implements BatchSignal {
    @Override
    public String name() {
      return "batch.dead_letters_suspended";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("queue", queue, "action", action, "pause_ms", pause.toMillis());
    }
  }

  /**
   * Records come again when their visibility timeout ends, since the queue could not be asked for
   * another time.
   *
   * @param records how many
   * @param cause {@code denied}, {@code refused} (mostly since the receipt is too old), or the
   *     class of the exception
   */
  record VisibilityUnchanged(int records, String cause) implements BatchSignal {
    @Override
    public String name() {
      return "batch.visibility_unchanged";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("records", records, "cause", cause);
    }
  }

  /**
   * A batch was answered before all of it was done, since its deadline came near.
   *
   * @param notRun how many records had not begun
   * @param stillRunning how many still ran
   */
  record OutOfTime(int notRun, int stillRunning) implements BatchSignal {
    @Override
    public String name() {
      return "batch.out_of_time";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("not_run", notRun, "still_running", stillRunning);
    }
  }

  /**
   * A record came to its end after its batch was answered; that changed nothing.
   *
   * @param recordId the record
   * @param outcome what it came to
   */
  record Late(String recordId, String outcome) implements BatchSignal {
    @Override
    public String name() {
      return "batch.late";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("record_id", recordId, "outcome", outcome);
    }
  }

  /**
   * A batch is over; its records by outcome.
   *
   * @param done done
   * @param ignored ignored, a success
   * @param retryLater delivered again
   * @param deadLettered in the dead-letter queue, confirmed
   * @param notRun never begun, delivered again
   * @param mostReceives how often the record that was received most was
   * @param oldestSuccess how old the oldest record was that is done or ignored; zero if nobody
   *     knows
   */
  record Ended(
      int done,
      int ignored,
      int retryLater,
      int deadLettered,
      int notRun,
      int mostReceives,
      Duration oldestSuccess)
      implements BatchSignal {
    @Override
    public String name() {
      return "batch.ended";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of(
          "done", done,
          "ignored", ignored,
          "retry_later", retryLater,
          "dead_lettered", deadLettered,
          "not_run", notRun,
          "most_receives", mostReceives,
          "oldest_success_ms", oldestSuccess.toMillis());
    }
  }
}
