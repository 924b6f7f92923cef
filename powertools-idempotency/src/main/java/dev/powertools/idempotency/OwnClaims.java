// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.ContextCarrier;
import dev.powertools.core.FunctionInvocation;
import org.jspecify.annotations.Nullable;

/**
 * The claims that the work of this thread holds, innermost first, so that work which claims its own
 * key again is found out. Goes along when work hops to another thread of the same invocation.
 * Immutable.
 */
final class OwnClaims {

  private static final ThreadLocal<@Nullable OwnClaims> CURRENT = new ThreadLocal<>();
  private static final AttributeKey<Boolean> CARRIED =
      AttributeKey.of("idempotency.claims_carried", Boolean.class);
  private static final ContextCarrier CARRIER = () -> carrying(CURRENT.get());

  private final String id;
  private final @Nullable OwnClaims outer;

  private OwnClaims(String id, @Nullable OwnClaims outer) {
    this.id = id;
    this.outer = outer;
  }

  /** Whether this thread's work holds the claim of a key. */
  static boolean include(ClaimKey key) {
    for (OwnClaims each = CURRENT.get(); each != null; each = each.outer) {
      if (each.id.equals(key.id())) {
        return true;
      }
    }
    return false;
  }

  /** Has the claims go along with the work of an invocation. */
  static void accompany(FunctionInvocation function) {
    if (function.attributes().get(CARRIED).isEmpty()) {
      function.carry(CARRIER);
      function.attributes().put(CARRIED, true);
    }
  }

  /** Adds a claim until the result is closed, on the same thread. */
  static Held hold(ClaimKey key) {
    OwnClaims before = CURRENT.get();
    CURRENT.set(new OwnClaims(key.id(), before));
    return () -> set(before);
  }

  private static ContextCarrier.Captured carrying(@Nullable OwnClaims taken) {
    return () -> {
      OwnClaims before = CURRENT.get();
      set(taken);
      return () -> set(before);
    };
  }

  private static void set(@Nullable OwnClaims claims) {
    if (claims == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(claims);
    }
  }

  /** Puts back what was before. */
  @FunctionalInterface
  interface Held extends AutoCloseable {

    @Override
    void close();
  }
}
