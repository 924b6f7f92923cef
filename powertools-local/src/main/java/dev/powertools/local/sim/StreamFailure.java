// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Instant;
import java.util.List;

/**
 * What a destination was sent for a batch that was given up.
 *
 * @param at when
 * @param condition why: {@code RetryAttemptsExhausted} or {@code RecordAgeExceeded}
 * @param document the invocation record, as JSON text
 * @param records the records that it is about; only S3 and Kafka destinations are sent their
 *     content, and the others name the first and the last
 */
public record StreamFailure(
    Instant at, String condition, String document, List<StreamRecord> records) {

  /** The condition of a batch whose retries are used up. */
  public static final String RETRIES_EXHAUSTED = "RetryAttemptsExhausted";

  /** The condition of records that are too old to be sent. */
  public static final String AGE_EXCEEDED = "RecordAgeExceeded";

  /** Copies the records. */
  public StreamFailure {
    records = List.copyOf(records);
  }
}
