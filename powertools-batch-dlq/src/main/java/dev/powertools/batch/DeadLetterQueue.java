// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.time.Duration;
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
   * @param most how long that may take, attempts of the SDK included
   * @return a receipt for each message, in order
   * @throws UnusableException if no other attempt will do better for now
   * @throws RuntimeException if nothing is known of any of them, as when the answer was lost
   */
  List<Receipt> send(List<DeadLetterMessage> messages, Duration most);

  /** The queue can't be used until somebody has changed something. */
  final class UnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String queue;
    private final String action;

    /**
     * Says what is wrong.
     *
     * @param queue the ARN of the queue, or what else is known of it
     * @param action what can't be done, such as {@code sqs:SendMessage}
     * @param why what is wrong, in a sentence, and how to mend it
     */
    UnusableException(String queue, String action, String why, Throwable cause) {
      super(why, cause);
      this.queue = queue;
      this.action = action;
    }

    String queue() {
      return queue;
    }

    String action() {
      return action;
    }
  }
}
