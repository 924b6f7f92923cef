// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/** A value that cannot be written as JSON: an accessor throws, or it is nested too deeply. */
public final class UnencodablePayloadException extends PowertoolsException {
  private static final long serialVersionUID = 1L;

  /** For codecs; the message tells the type. */
  public UnencodablePayloadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
