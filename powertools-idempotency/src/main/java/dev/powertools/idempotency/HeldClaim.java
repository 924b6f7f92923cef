// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.idempotency.spi.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * A claim while its work runs. Thread-safe: the work may ask for its completion on another thread.
 */
final class HeldClaim {

  private final ClaimKey key;
  private final StoredRecord claim;
  private final Completer completer;
  private volatile boolean handedOut;

  HeldClaim(ClaimKey key, StoredRecord claim, Completer completer) {
    this.key = key;
    this.claim = claim;
    this.completer = completer;
  }

  /** Makes the record that completes a claim with a result. */
  @FunctionalInterface
  interface Completer {

    StoredRecord completed(ClaimKey key, StoredRecord claim, @Nullable Object result);
  }

  ClaimKey key() {
    return key;
  }

  /** The record as it was claimed. */
  StoredRecord claim() {
    return claim;
  }

  /** The completed record as the store keeps it, for somebody who writes it himself. */
  StoredRecord handOut(@Nullable Object result) {
    handedOut = true;
    return completer.completed(key, claim, result);
  }

  /**
   * Whether the work was given its completion, and so may have written it: then the store may hold
   * a result although the work failed afterwards.
   */
  boolean isHandedOut() {
    return handedOut;
  }
}
