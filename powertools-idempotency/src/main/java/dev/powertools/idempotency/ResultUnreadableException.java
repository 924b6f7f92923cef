// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/**
 * The work of this key is done, but what is stored cannot be read as its result: the result's type
 * has changed since, or another version or library wrote it. The work does not run again. Make the
 * type read what was stored, or change the work's name and accept that it runs anew; a record that
 * ends with this is delivered again, so a corrected version can still take it.
 */
public final class ResultUnreadableException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  ResultUnreadableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
