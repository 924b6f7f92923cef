// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.Disposition;
import dev.powertools.core.PowertoolsException;

/**
 * Code asked for the tenant where none is in force. That is never "no tenant": nothing may go on.
 */
public final class NoTenantException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  NoTenantException(String message) {
    super(message);
  }

  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }
}
