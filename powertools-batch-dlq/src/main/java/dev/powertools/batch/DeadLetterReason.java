// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

/** Why a record goes to the dead-letter queue; the values of the attribute {@code pt.reason}. */
public enum DeadLetterReason {
  /** The handler said so, or it failed in a way that no other attempt can mend. */
  PERMANENT,
  /** The payload is not what the handler takes. */
  UNDECODABLE,
  /** It failed on the last receive that the queue's redrive policy allows. */
  EXHAUSTED,
  /** It was received more often than {@link DeadLetter#poisonAfterReceives()}, and did not run. */
  POISON
}
