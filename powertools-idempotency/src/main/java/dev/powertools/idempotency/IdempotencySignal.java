// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Signal;
import java.util.Map;

/**
 * What happened to a call under idempotency.
 *
 * @param kind what
 * @param operation the name of the work
 * @param keyHash the hash of the key
 */
public record IdempotencySignal(Kind kind, String operation, String keyHash) implements Signal {

  /** What can happen. */
  public enum Kind {
    /** A stored result was given. */
    HIT("idempotency.hit"),
    /** The key was new: the work runs. */
    MISS("idempotency.miss"),
    /** The lease of a holder was over: the work runs again. */
    TAKEN_OVER("idempotency.taken_over"),
    /** Somebody else does the work. */
    IN_PROGRESS("idempotency.in_progress"),
    /** Somebody else has taken the work over from us. */
    LOST("idempotency.lost"),
    /** The store failed. */
    STORE_FAILED("idempotency.store_failed");

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
    return Map.of("idempotency_operation", operation, "idempotency_key_hash", keyHash);
  }
}
