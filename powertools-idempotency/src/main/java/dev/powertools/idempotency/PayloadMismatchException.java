// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Disposition;
import dev.powertools.core.HttpProblem;
import dev.powertools.core.PowertoolsException;
import dev.powertools.idempotency.spi.StoredRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call came with a known key and another payload: a part that {@code validate} points to differs
 * from the call whose result is stored. The work does not run, and trying again cannot help: a
 * caller uses one key for two things.
 */
public final class PayloadMismatchException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable StoredRecord stored;

  PayloadMismatchException(ClaimKey key, StoredRecord stored) {
    super(
        key
            + " is done, for another payload: what validate points to differs from the first call."
            + " Use a new key for new work, or leave out of validate what may change.");
    this.stored = stored;
  }

  /** The record of the first call; empty only if the exception was serialised on the way. */
  public Optional<StoredRecord> stored() {
    return Optional.ofNullable(stored);
  }

  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }

  @Override
  public Optional<HttpProblem> httpProblem() {
    return Optional.of(new HttpProblem(422, "This key was used for another request"));
  }
}
