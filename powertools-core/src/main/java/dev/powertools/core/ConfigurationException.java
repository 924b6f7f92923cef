// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import org.jspecify.annotations.Nullable;

/**
 * Something is set in a way that cannot work: an annotation's value, an environment variable, a
 * missing collaborator. Thrown while a function starts wherever that is possible. The message names
 * the place, the value and the fix.
 */
public class ConfigurationException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  /** An exception without a cause. */
  public ConfigurationException(String message) {
    super(message);
  }

  /** An exception with a cause. */
  public ConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
