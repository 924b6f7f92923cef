// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope.sqs;

import dev.powertools.core.Disposition;
import dev.powertools.core.PowertoolsException;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * A message can't carry a tenant envelope as it is, so nothing of its request was sent. It would be
 * the same again.
 */
public final class UnsignableMessageException extends PowertoolsException {

  private static final long serialVersionUID = 1L;

  private UnsignableMessageException(String message) {
    super(message);
  }

  static UnsignableMessageException hasOne(String message) {
    return new UnsignableMessageException(
        "Not sent: "
            + message
            + " has an attribute "
            + TenantEnvelope.ATTRIBUTE
            + " already, and only the client's plugin may set it, for the tenant in force. Leave it"
            + " out; to pass on a message whose tenant another signed, verify it and send it in"
            + " that tenant's scope.");
  }

  static UnsignableMessageException full(String message, int attributes) {
    return new UnsignableMessageException(
        "Not sent: "
            + message
            + " has "
            + attributes
            + " attributes, SQS takes 10, and the tenant envelope is one. Put what can be in the"
            + " body into the body.");
  }

  static UnsignableMessageException unknownQueue(@Nullable String url) {
    return new UnsignableMessageException(
        "Not sent: the envelope names the queue by its ARN, which can't be told from the queue URL "
            + url
            + ". It ends with the account and the queue's name, as in"
            + " https://sqs.eu-central-1.amazonaws.com/123456789012/jobs.");
  }

  @Override
  public Disposition disposition() {
    return Disposition.DEAD_LETTER;
  }
}
