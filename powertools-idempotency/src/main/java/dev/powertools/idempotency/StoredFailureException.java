// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Disposition;
import dev.powertools.core.PowertoolsException;

/**
 * The work of this key has failed before, and must not be tried again until the expiry. A record
 * that ends with this goes to the dead letters; when that is confirmed, the stored failure is
 * forgotten, so that a redrive runs the work again.
 */
public abstract sealed class StoredFailureException extends PowertoolsException
    permits KeptFailureException, ReplayedFailureException {

  private static final long serialVersionUID = 1L;

  private final String failureType;
  private final String failureMessage;

  StoredFailureException(ClaimKey key, KeptFailure failure, String why) {
    super(
        key
            + " has failed before and is not tried again before its expiry ("
            + why
            + "): "
            + failure.type()
            + ": "
            + failure.message());
    this.failureType = failure.type();
    this.failureMessage = failure.message();
  }

  /** The name of the class of the exception that the work threw. */
  public String failureType() {
    return failureType;
  }

  /** Its message, with secrets masked by the runtime's redactor; empty if it had none. */
  public String failureMessage() {
    return failureMessage;
  }

  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }
}
