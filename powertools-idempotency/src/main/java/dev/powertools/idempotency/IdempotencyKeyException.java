// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Disposition;
import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/**
 * The key of a call is missing, null or empty, or cannot be read, so the work was not begun: it
 * would run unprotected. Trying again cannot help.
 */
public final class IdempotencyKeyException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  IdempotencyKeyException(String message) {
    super(message);
  }

  IdempotencyKeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }
}
