// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One event in the queue of a function that is invoked asynchronously. All its invocations have its
 * request id. Events are equal if they are the same event. Immutable.
 */
public final class AsyncEvent {
  private final int number;
  private final String requestId;
  private final Instant queued;
  private final byte[] payload;

  AsyncEvent(int number, String requestId, Instant queued, byte[] payload) {
    this.number = number;
    this.requestId = requestId;
    this.queued = queued;
    this.payload = payload.clone();
  }

  /** Its place in the order of sending, from 1. */
  public int number() {
    return number;
  }

  /** The request id of all its invocations. */
  public String requestId() {
    return requestId;
  }

  /** When it came into the queue. */
  public Instant queued() {
    return queued;
  }

  /** The event as text. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The event's bytes; the array is not to be changed. */
  byte[] payload() {
    return payload;
  }

  @Override
  public String toString() {
    return "#" + number + " " + requestId;
  }
}
