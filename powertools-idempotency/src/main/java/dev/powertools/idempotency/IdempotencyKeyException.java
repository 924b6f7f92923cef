// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Disposition;
import dev.powertools.core.HttpProblem;
import dev.powertools.core.PowertoolsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key of a call is missing, null or empty, or cannot be read, so the work was not begun: it
 * would run unprotected. Trying again cannot help. See {@link Idempotent#whenKeyMissing()}.
 */
public final class IdempotencyKeyException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  private final boolean missing;

  /** There is none, or an empty one. */
  IdempotencyKeyException(String message) {
    super(message);
    this.missing = true;
  }

  /** It can't be read. */
  IdempotencyKeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.missing = false;
  }

  /** Whether there is no key, or an empty one; not one that can't be read. */
  boolean isMissing() {
    return missing;
  }

  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }

  @Override
  public Optional<HttpProblem> httpProblem() {
    return Optional.of(new HttpProblem(400, "The request has no key that can be used"));
  }
}
