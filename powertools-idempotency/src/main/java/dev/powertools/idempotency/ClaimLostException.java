// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Disposition;
import dev.powertools.core.PowertoolsException;

/**
 * The work took longer than its lease, and somebody else has taken it over meanwhile. What counts
 * is the other's result; this one was not stored. Thrown unless {@link
 * IdempotencyOptions.WhenLost#RETURN} is set. A record is delivered again, without a failed
 * attempt, and then gets the other's result.
 */
public final class ClaimLostException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  ClaimLostException(ClaimKey key, String owner) {
    super(
        key
            + " was taken over by "
            + owner
            + " while this call still worked on it, because its lease was over. The result of this"
            + " call is not stored. Let the work end before the deadline; where there is none,"
            + " lengthen IdempotencyOptions.leaseWithoutDeadline.");
  }

  @Override
  public Disposition disposition() {
    return Disposition.WAIT;
  }
}
