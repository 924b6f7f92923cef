// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.List;

/**
 * The queues that messages come from, as far as a function asks them for something. Thread-safe.
 */
interface SourceQueues {

  /**
   * A message that is to come again after some time.
   *
   * @param receipt the handle of its receipt
   * @param seconds how long it stays hidden from now; zero for not at all
   */
  record Visibility(String receipt, int seconds) {}

  /**
   * Changes when messages come again, up to ten in one request. Of single messages that may fail
   * and only be told to the log.
   *
   * @param source the ARN of the queue
   * @return of how many the queue refused it
   * @throws DeniedException if the function may not do that
   * @throws RuntimeException if nothing is known of any of them
   */
  int postpone(String source, List<Visibility> messages);

  /**
   * Deletes messages, up to ten in one request.
   *
   * @param source the ARN of the queue
   * @return whether the queue confirmed it of all of them
   * @throws DeniedException if the function may not do that
   * @throws RuntimeException if nothing is known of any of them
   */
  boolean delete(String source, List<String> receipts);

  /**
   * How often a queue delivers a message before it gives it up.
   *
   * @param source the ARN of the queue
   * @return {@link ReceiveLimits#NONE} if it has no redrive policy
   * @throws DeniedException if the function may not know that
   * @throws RuntimeException if that can't be found out now
   */
  int mostReceives(String source);

  /** The function lacks a permission. */
  final class DeniedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeniedException(Throwable cause) {
      super(cause);
    }
  }
}
