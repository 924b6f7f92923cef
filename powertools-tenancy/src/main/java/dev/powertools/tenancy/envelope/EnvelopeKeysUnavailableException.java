// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.PowertoolsException;

/**
 * The keys of tenant envelopes could not be had, so nothing was sent, or nothing that arrived was
 * believed. A record is delivered again: it may be as good as any.
 */
public final class EnvelopeKeysUnavailableException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  EnvelopeKeysUnavailableException(Throwable cause) {
    super(
        "The keys of tenant envelopes could not be had, so no tenant is known: "
            + cause.getClass().getName()
            + ". See the cause, and the part EnvelopeKeys of the runtime.",
        cause);
  }
}
