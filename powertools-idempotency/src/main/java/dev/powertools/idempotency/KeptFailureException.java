// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

/**
 * The work of this key has failed, and {@link IdempotencyOptions.OnException#KEEP} forbids to try
 * it again before the expiry.
 */
public final class KeptFailureException extends StoredFailureException {

  private static final long serialVersionUID = 1L;

  KeptFailureException(ClaimKey key, KeptFailure failure) {
    super(key, failure, "onException = KEEP");
  }
}
