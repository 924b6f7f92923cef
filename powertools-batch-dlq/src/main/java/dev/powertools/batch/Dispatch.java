// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.internal.Pauser;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the records of a batch, and when. Within a lane it keeps the order and one at a time. It
 * returns when all have run, or earlier if it was stopped: what has not begun by then never does,
 * what is still running goes on unheard. Throws what one of them throws.
 */
@FunctionalInterface
interface Dispatch {

  /** One after the other on the caller's thread, until that is interrupted. */
  Dispatch SEQUENTIAL =
      (size, lanes, run) -> {
        for (int i = 0; i < size && !Thread.currentThread().isInterrupted(); i++) {
          run.accept(i);
        }
      };

  /**
   * Runs the records.
   *
   * @param size how many there are
   * @param lanes the lane of each, {@code null} for none
   * @param run runs one
   */
  void each(int size, IntFunction<@Nullable String> lanes, IntConsumer run);

  /**
   * Says whose records share the permits, before they run: who has the fewest at work comes next.
   *
   * @param keys by whom a record is; {@code null} if by nobody
   */
  default void shareBy(IntFunction<@Nullable String> keys) {}

  /**
   * Keeps more time free at the end, since there is something to be sent; asked again, not more.
   */
  default void reserveMore() {}

  /** How records wait; {@code null} if plainly. */
  default @Nullable Pauser pauser() {
    return null;
  }
}
