// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

/**
 * Annotations of a class would not be applied because the class is not woven. The message names
 * class, method and annotation, and has the lines to add to the build.
 *
 * <p>An error and no exception, because it is found while other people's code initialises: logging
 * back ends swallow exceptions there, and class initialisers hide them.
 */
public final class UnwovenClassError extends LinkageError {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the error.
   *
   * @param message what is not woven, and what to do
   */
  public UnwovenClassError(String message) {
    super(message);
  }
}
