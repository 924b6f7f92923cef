// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/**
 * The store failed. Thrown when a claim could not be made, before any work was begun: try again
 * later. Where a release failed it is suppressed into the exception that the work ended with.
 */
public final class IdempotencyStoreException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  IdempotencyStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
