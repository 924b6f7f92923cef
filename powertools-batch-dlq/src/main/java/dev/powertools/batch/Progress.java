// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.internal.LiveInvocation;
import org.jspecify.annotations.Nullable;

/**
 * How far a record got: it runs, is parked until its dead letter is confirmed, or is {@link
 * Settled} for good. Immutable.
 */
sealed interface Progress permits Progress.Running, Progress.Parked, Settled {

  /**
   * Somebody works on it.
   *
   * @param invocation its unit of work
   */
  record Running(LiveInvocation invocation) implements Progress {}

  /**
   * It belongs into the dead-letter queue, and nobody has confirmed it there yet.
   *
   * @param reason why
   * @param message why, in words
   * @param failure with what it failed, if it did
   * @param invocation its unit of work, which goes on until the record is settled
   */
  record Parked(
      DeadLetterReason reason,
      String message,
      @Nullable Throwable failure,
      LiveInvocation invocation)
      implements Progress {}
}
