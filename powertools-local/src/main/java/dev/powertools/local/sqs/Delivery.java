// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import java.time.Instant;

/**
 * What became of one message in one invocation.
 *
 * @param messageId the message
 * @param receiveCount how often it had been received, this time included
 * @param requestId the invocation
 * @param at when its fate was known
 * @param fate its fate
 * @param reason why, for people
 */
public record Delivery(
    String messageId, int receiveCount, String requestId, Instant at, Fate fate, String reason) {

  /** What the event source mapping did with a message. */
  public enum Fate {
    /** Deleted from the queue, confirmed. */
    DELETED,
    /** Left alone: it returns when its visibility timeout ends, or moves to the dead letters. */
    RETURNED,
    /** To be deleted, but the queue didn't confirm: it will be delivered again. */
    DELETE_UNCONFIRMED
  }
}
