// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Disposition;
import dev.powertools.core.PowertoolsException;

/**
 * Work called itself with its own key, directly or through other methods. It would wait for itself
 * for ever, so it fails at once; trying again cannot help.
 */
public final class NestedClaimException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  NestedClaimException(ClaimKey key) {
    super(
        key
            + " is claimed by the very work that now claims it again: an idempotent method called"
            + " itself with the same key. Call a method without @Idempotent from inside, or give"
            + " the two different names.");
  }

  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }
}
