// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

/** An event as the platform sends it to a function: JSON, in bytes. Immutable. */
public interface Event {

  /** The event's bytes; the caller owns the array. */
  byte[] toBytes();
}
