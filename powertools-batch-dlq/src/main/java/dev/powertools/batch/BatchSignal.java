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
   * A batch is over; its records by outcome.
   *
   * @param done done
   * @param ignored ignored, a success
   * @param retryLater delivered again
   * @param deadLettered in the dead-letter queue, confirmed
   * @param notRun never begun, delivered again
   */
  record Ended(int done, int ignored, int retryLater, int deadLettered, int notRun)
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
          "not_run", notRun);
    }
  }
}
