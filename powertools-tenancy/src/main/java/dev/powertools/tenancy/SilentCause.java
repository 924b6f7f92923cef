// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * Stands for a failure whose messages may quote a tenant's id or data: its class and its stack are
 * kept, and no message.
 */
final class SilentCause extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int MAX_DEPTH = 8;

  private SilentCause(Throwable failure, int depth) {
    super(failure.getClass().getName(), inner(failure, depth), false, true);
    setStackTrace(failure.getStackTrace());
  }

  static SilentCause of(Throwable failure) {
    return new SilentCause(failure, 0);
  }

  private static @Nullable SilentCause inner(Throwable failure, int depth) {
    Throwable cause = failure.getCause();
    return cause == null || depth == MAX_DEPTH ? null : new SilentCause(cause, depth + 1);
  }
}
