// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.Outcome;

/**
 * Handles the records of a batch, one call for each. Thread-safe.
 *
 * @param <T> the payload
 */
@FunctionalInterface
public interface RecordHandler<T> {

  /**
   * Handles one record.
   *
   * @return what it came to; never {@code null}
   * @throws Exception if it failed; what becomes of the record then is said by {@link
   *     dev.powertools.core.Failures}
   */
  Outcome onRecord(T payload, RecordContext record) throws Exception;
}
