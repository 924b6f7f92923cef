// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.List;

/** A queue for dead letters. Thread-safe. */
interface DeadLetterQueue {

  /** What is known of a message after a request. */
  enum Receipt {
    /** The queue has it. */
    CONFIRMED,
    /** The queue will never take it as it is. */
    REFUSED,
    /** Nobody knows; the queue may have it. */
    UNKNOWN
  }

  /**
   * Sends up to ten messages in one request.
   *
   * @return a receipt for each message, in order
   * @throws RuntimeException if nothing is known of any of them, as when the answer was lost
   */
  List<Receipt> send(List<DeadLetterMessage> messages);
}
