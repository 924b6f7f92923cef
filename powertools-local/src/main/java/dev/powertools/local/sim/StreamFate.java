// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

/** What finally became of a record; every record has exactly one, and never none. */
public enum StreamFate {
  /** Not yet decided: it waits, or is being retried. */
  IN_STREAM,
  /** It was part of what the function's answer proved done, and the checkpoint passed it. */
  SUCCEEDED,
  /** It was given up, and the destination was told. */
  SENT_TO_DESTINATION,
  /** It was given up, and there was no destination to tell: lost, unless the stream is re-read. */
  DISCARDED,
  /** The stream no longer had it: its retention ended before it was done. */
  EXPIRED,
  /** It is older than the starting position, so the mapping never read it. */
  BEFORE_START
}
