// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/** A type that there is no codec for; thrown at initialisation, with the fix. */
public final class UnsupportedPayloadTypeException extends PowertoolsException {
  private static final long serialVersionUID = 1L;

  /** For codecs; the message tells the fix. */
  public UnsupportedPayloadTypeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
