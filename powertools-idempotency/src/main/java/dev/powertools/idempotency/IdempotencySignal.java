// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Signal;
import java.util.Map;

/**
 * What happened to a call under idempotency.
 *
 * @param kind what
 * @param operation the name of the work
 * @param keyHash the hash of the key; empty if there is none
 */
public record IdempotencySignal(Kind kind, String operation, String keyHash) implements Signal {

  /** What can happen. */
  public enum Kind {
    /** What is stored was given, a result or a failure. */
    HIT("idempotency.hit"),
    /** A result was given from the memory of this environment. */
    CACHE_HIT("idempotency.cache_hit"),
    /** The key was new: the work runs. */
    MISS("idempotency.miss"),
    /** The lease of a holder was over: the work runs again. */
    TAKEN_OVER("idempotency.taken_over"),
    /** Somebody else does the work. */
    IN_PROGRESS("idempotency.in_progress"),
    /** What is stored is of another payload. */
    MISMATCH("idempotency.mismatch"),
    /** Somebody else has taken the work over from us. */
    LOST("idempotency.lost"),
    /** The store failed. */
    STORE_FAILED("idempotency.store_failed"),
    /** The work runs without a claim, by choice, because the store failed. */
    UNPROTECTED("idempotency.unprotected"),
    /** The work runs without a claim, by choice, because its key is missing. */
    KEY_MISSING("idempotency.key_missing"),
    /** The work is done, and its result could not be kept. */
    NOT_KEPT("idempotency.result_not_kept");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  @Override
  public String name() {
    return kind.text;
  }

  @Override
  public Map<String, Object> fields() {
    return keyHash.isEmpty()
        ? Map.of("idempotency_operation", operation)
        : Map.of("idempotency_operation", operation, "idempotency_key_hash", keyHash);
  }
}
