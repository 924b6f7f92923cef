// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.function.IntConsumer;

/**
 * Who runs the records of a batch, and when. Returns when all have run, and throws what one of them
 * throws; within a lane it keeps the order and one at a time.
 */
@FunctionalInterface
interface Dispatch {

  /** One after the other on the caller's thread. */
  Dispatch SEQUENTIAL =
      (size, run) -> {
        for (int i = 0; i < size; i++) {
          run.accept(i);
        }
      };

  void each(int size, IntConsumer run);
}
