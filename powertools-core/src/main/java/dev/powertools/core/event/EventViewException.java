// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.event;

import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/** A path that an event has no single answer to: ambiguous, over the limits, or a getter threw. */
public final class EventViewException extends PowertoolsException {
  private static final long serialVersionUID = 1L;

  EventViewException(String message) {
    this(message, null);
  }

  EventViewException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
