// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.internal.LiveInvocation;
import org.jspecify.annotations.Nullable;

/**
 * How far a record got: {@link Settled} for good, or parked until its dead letter is. Immutable.
 */
sealed interface Progress permits Progress.Parked, Settled {

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
