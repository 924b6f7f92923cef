// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A source of records, as far as it differs from others: how its events are read and answered.
 * Thread-safe.
 *
 * @param <R> its records
 */
@FunctionalInterface
interface Source<R extends BatchRecord> {

  /**
   * Handles one event.
   *
   * @param event as it came, JSON in UTF-8
   * @param run runs records, and returns those that the source must keep, in order
   * @return the response, in JSON
   * @throws MalformedEventException if the event is not one of this source
   * @throws Exception what a handler throws of whom more than records is asked
   */
  byte[] handle(byte[] event, UnaryOperator<List<R>> run) throws Exception;
}
