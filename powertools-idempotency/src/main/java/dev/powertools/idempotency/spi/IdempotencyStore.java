// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.spi;

import dev.powertools.core.FunctionRuntime;
import java.time.Instant;

/**
 * Keeps one record for each key, and changes it by three conditional writes. Each write is atomic:
 * its condition and its effect are one step, whoever else writes at the same time. The conditions
 * are all that a store decides; what their refusal means is decided by the caller.
 *
 * <p>A write that fails for another reason than its condition throws. The caller cannot know then
 * whether it took effect, and the same write may be sent again, by the caller or by the store's own
 * transport: all three are safe to repeat. A store never reads a clock for a condition: {@code now}
 * is an argument. Thread-safe.
 */
public interface IdempotencyStore {

  /**
   * Puts a record in the place of whatever is there, if nothing is there or {@link
   * StoredRecord#isFreeAt} holds for what is there. Nearly always its status is {@link
   * StoredRecord.Status#IN_PROGRESS}; work that outlived its claim puts what it came to, {@link
   * StoredRecord.Status#COMPLETED}, under the same condition.
   *
   * @param claim the record to put, whatever its status
   * @param now the time that decides
   * @return written with the record that was replaced, or refused with the record that is there
   */
  Reply claim(StoredRecord claim, Instant now);

  /**
   * Puts a record of status {@link StoredRecord.Status#COMPLETED} in the place of the record that
   * is there, if that has the same owner, whatever its status. Its expiry may be over already: then
   * the key is to be free for the next claim.
   *
   * @param completed the record to put
   * @param now the time, for stores that need the time left until the expiry
   * @return written with the record that was replaced, or refused with the record that is there
   */
  Reply complete(StoredRecord completed, Instant now);

  /**
   * Removes the record that is there, if it has the same owner and is still in progress.
   *
   * @param claim the record as it was claimed
   * @param now the time
   * @return written with the record that was removed, or refused with the record that is there
   */
  Reply release(StoredRecord claim, Instant now);

  /** How many bytes of a result a record can hold; no limit by default. */
  default int maxDataBytes() {
    return Integer.MAX_VALUE;
  }

  /**
   * Called while a function starts, once for each place that uses the store, so that a store which
   * cannot do its work there says so before the first event.
   *
   * @throws dev.powertools.core.ConfigurationException if the store must not be used there
   */
  default void start(FunctionRuntime runtime) {}
}
