// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

/**
 * The work of this key has failed for good, and {@link IdempotencyOptions.OnException#REPLAY} gives
 * that failure to each later call, without doing the work again.
 */
public final class ReplayedFailureException extends StoredFailureException {

  private static final long serialVersionUID = 1L;

  ReplayedFailureException(ClaimKey key, KeptFailure failure) {
    super(key, failure, "onException = REPLAY, and the failure is permanent");
  }
}
