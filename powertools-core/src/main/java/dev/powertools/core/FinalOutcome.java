// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import org.jspecify.annotations.Nullable;

/**
 * How a unit of work ended for good, told once to whoever asked by {@link
 * FunctionInvocation#onEnd}: for a record of a batch only when its dead letter is confirmed.
 *
 * @param kind how it ended
 * @param failure the exception that it ended with, if it did
 */
public record FinalOutcome(Kind kind, @Nullable Throwable failure) {

  /** The ways in which a unit of work can end. */
  public enum Kind {
    /** Done. */
    DONE,
    /** There was nothing to do; a success. */
    IGNORED,
    /** It will be delivered again; for a whole function: its exception went to the platform. */
    RETRY_LATER,
    /** It rests in the dead-letter queue, confirmed. */
    DEAD_LETTERED,
    /** It was never begun in this delivery. */
    NOT_RUN
  }

  /** An outcome without an exception. */
  public static FinalOutcome of(Kind kind) {
    return new FinalOutcome(kind, null);
  }
}
