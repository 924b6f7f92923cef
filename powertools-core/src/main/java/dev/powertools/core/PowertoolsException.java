// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that the toolkit throws itself: one subclass for each thing that a
 * caller can act on. A user's own exception is never wrapped in one.
 */
public class PowertoolsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * An exception without a cause.
   *
   * @param message what happened, to which value, and how to mend it
   */
  public PowertoolsException(String message) {
    super(message);
  }

  /**
   * An exception with a cause.
   *
   * @param message what happened, to which value, and how to mend it
   * @param cause what led to it
   */
  public PowertoolsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * What becomes of a record whose handling ended with this exception; {@link
   * Disposition#RETRY_LATER} unless a subclass knows better.
   */
  public Disposition disposition() {
    return Disposition.RETRY_LATER;
  }

  /** The {@link #disposition()}, and the time to wait where it is known. */
  public Failures.Verdict verdict() {
    return Failures.Verdict.of(disposition());
  }

  /**
   * What a caller over HTTP is told if this exception leaves the handler; empty (the default) if it
   * is no answer to a caller, and the platform shall report a failed function.
   */
  public Optional<HttpProblem> httpProblem() {
    return Optional.empty();
  }
}
