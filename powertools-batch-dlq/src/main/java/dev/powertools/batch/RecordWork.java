// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.internal.LiveInvocation;
import org.jspecify.annotations.Nullable;

/**
 * What is done with each record. Thread-safe.
 *
 * @param <R> the records of the source
 */
@FunctionalInterface
interface RecordWork<R extends BatchRecord> {

  /**
   * Takes a record through the chain to the user's code.
   *
   * @param invocation the record's unit of work, which is in force
   * @return what the chain returns; an {@link dev.powertools.core.Outcome} if all is well
   * @throws Throwable what the chain throws; {@link UndecodableRecordException} if the payload
   *     can't be read
   */
  @Nullable Object call(LiveInvocation invocation, R record) throws Throwable;
}
