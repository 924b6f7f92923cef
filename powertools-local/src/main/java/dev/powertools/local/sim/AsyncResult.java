// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Instant;

/**
 * What a destination of asynchronous invocations was sent.
 *
 * @param event the event that it is about
 * @param at when
 * @param condition {@code Success}, {@code RetriesExhausted} or {@code EventAgeExceeded}
 * @param document the invocation record, as JSON text
 */
public record AsyncResult(AsyncEvent event, Instant at, String condition, String document) {

  /** The condition of an event that the function processed. */
  public static final String SUCCESS = "Success";

  /** The condition of an event whose retries are used up. */
  public static final String RETRIES_EXHAUSTED = "RetriesExhausted";

  /** The condition of an event that waited too long. */
  public static final String AGE_EXCEEDED = "EventAgeExceeded";
}
