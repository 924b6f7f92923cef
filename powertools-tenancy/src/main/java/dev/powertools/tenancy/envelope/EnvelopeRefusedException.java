// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.tenancy.TenantDeniedException;
import java.util.Locale;

/**
 * A message does not prove whose it is, so it was not worked on. As a record it fails alone, and
 * goes to the dead letters. The message never tells the tenant that was claimed.
 */
public final class EnvelopeRefusedException extends TenantDeniedException {

  private static final long serialVersionUID = 1L;

  private final EnvelopeRefusal reason;

  EnvelopeRefusedException(EnvelopeRefusal reason) {
    this(reason, "");
  }

  EnvelopeRefusedException(EnvelopeRefusal reason, String detail) {
    super(
        "envelope_" + reason.name().toLowerCase(Locale.ROOT),
        "The tenant envelope (attribute "
            + TenantEnvelope.ATTRIBUTE
            + ") is refused, "
            + reason
            + ": "
            + reason.text()
            + detail
            + ".",
        null);
    this.reason = reason;
  }

  /** Why. */
  public EnvelopeRefusal reason() {
    return reason;
  }
}
