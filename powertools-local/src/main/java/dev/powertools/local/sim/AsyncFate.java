// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

/** What finally became of an event; every event has exactly one, and never none. */
public enum AsyncFate {
  /** Not yet decided: it waits for its first try, or for another one. */
  QUEUED,
  /** The function returned. */
  SUCCEEDED,
  /** It was given up, and the destination or the dead-letter queue, or both, were sent it. */
  SENT_TO_DESTINATION,
  /** It was given up, and there was nobody to tell: lost. */
  DISCARDED
}
