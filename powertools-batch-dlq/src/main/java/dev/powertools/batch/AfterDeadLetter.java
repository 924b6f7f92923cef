// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

/** What becomes of the rest of a FIFO group when one of its records is in the dead-letter queue. */
public enum AfterDeadLetter {
  /** It runs, once the dead letter is confirmed. */
  CONTINUE_GROUP,
  /**
   * It does not run in this batch and is delivered again, after the delay of {@link Redelivery} if
   * there is one. Then it runs: the record before it is gone from the queue. A group that must
   * never pass a failed record has to keep it there, so fail it for now ({@link
   * dev.powertools.core.Outcome#retryAfter}) instead of for good.
   */
  BLOCK_GROUP
}
