// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the dead-letter queue of a source queue. Thread-safe. */
interface DeadLetterQueues {

  /**
   * Finds it.
   *
   * @param named the queue that was named; {@code null} for that of the redrive policy
   * @param source the ARN of the source queue
   * @return empty if there is none
   * @throws RuntimeException if that can't be found out now
   */
  Optional<DeadLetterQueue> find(@Nullable DeadLetterTarget named, String source);
}
