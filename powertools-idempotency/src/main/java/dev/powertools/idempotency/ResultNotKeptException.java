// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/**
 * The work of this key is done, but its result cannot be given again: it could not be written, or
 * was too large and nothing took it. The work does not run again, and a {@link ResultFallback} can
 * give another result. Whatever needed the result has not run, so a record that ends with this is
 * delivered again, and ends in the dead letters if nothing changes; a method that returns an {@code
 * Outcome} replays as done.
 */
public final class ResultNotKeptException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  ResultNotKeptException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
