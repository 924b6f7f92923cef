// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import org.jspecify.annotations.Nullable;

/**
 * Says that a function's execution environment could not be made ready: its handler can't be found
 * or built, its process doesn't start, or initialisation takes too long.
 */
public final class FunctionInitException extends PowertoolsException {
  private static final long serialVersionUID = 1L;

  private final String handler;
  private final transient @Nullable FunctionError error;

  private FunctionInitException(String handler, String reason, @Nullable FunctionError error) {
    super("Function '" + handler + "' can't be initialised: " + reason);
    this.handler = handler;
    this.error = error;
  }

  static FunctionInitException because(String handler, String reason) {
    return new FunctionInitException(handler, reason, null);
  }

  static FunctionInitException because(String handler, String reason, Throwable cause) {
    FunctionInitException exception = because(handler, reason);
    exception.initCause(cause);
    return exception;
  }

  /**
   * What the runtime client reports.
   *
   * @param finding the cause and the fix as seen from outside, empty if nothing is
   */
  static FunctionInitException reported(String handler, FunctionError error, String finding) {
    String type = error.type().isEmpty() ? "" : " (" + error.type() + ")";
    String cause = Causes.rootOf(String.join("\n", error.stackTrace()));
    String told = error.message() + type + (cause.isEmpty() ? "" : ": " + cause);
    String reason =
        finding.isEmpty() ? told + Causes.fixOf(error) : finding + ". The runtime says: " + told;
    return new FunctionInitException(handler, reason, error);
  }

  /** The handler as it was configured. */
  public String handler() {
    return handler;
  }

  /** The error as the runtime client reported it, if it did. */
  public @Nullable FunctionError error() {
    return error;
  }
}
