// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/**
 * An event that is not what the handler's source sends. Nothing of it was run and nothing is
 * acknowledged: the whole batch is delivered again.
 */
public final class MalformedEventException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  MalformedEventException(String message) {
    super(message);
  }

  MalformedEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
