// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.ContextCarrier;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.InvocationClosedException;
import dev.powertools.idempotency.spi.IdempotencyStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims that the work of this thread holds, innermost first, so that work which claims its own
 * key again is found out, and can ask for the completion of its claim. Goes along when work hops to
 * another thread of the same invocation. Immutable.
 */
final class OwnClaims {

  private static final ThreadLocal<@Nullable OwnClaims> CURRENT = new ThreadLocal<>();
  private static final AttributeKey<Boolean> CARRIED =
      AttributeKey.of("idempotency.claims_carried", Boolean.class);
  private static final ContextCarrier CARRIER = () -> carrying(CURRENT.get());

  private final IdempotencyStore store;
  private final HeldClaim claim;
  private final @Nullable OwnClaims outer;

  private OwnClaims(IdempotencyStore store, HeldClaim claim, @Nullable OwnClaims outer) {
    this.store = store;
    this.claim = claim;
    this.outer = outer;
  }

  /** Whether this thread's work holds the claim of a key in a store. */
  static boolean include(IdempotencyStore store, ClaimKey key) {
    for (OwnClaims each = CURRENT.get(); each != null; each = each.outer) {
      if (each.store.equals(store) && each.claim.key().id().equals(key.id())) {
        return true;
      }
    }
    return false;
  }

  /** The innermost claim of this thread's work. */
  static Optional<HeldClaim> innermost() {
    OwnClaims current = CURRENT.get();
    return current == null ? Optional.empty() : Optional.of(current.claim);
  }

  /**
   * Has the claims go along with the work of an invocation.
   *
   * @throws InvocationClosedException if it has ended: work that began now could outlive any lease
   */
  static void accompany(FunctionInvocation function) {
    if (!function.isOpen()) {
      throw new InvocationClosedException(function.requestId());
    }
    if (function.attributes().get(CARRIED).isEmpty()) {
      function.carry(CARRIER);
      function.attributes().put(CARRIED, true);
    }
  }

  /** Adds a claim until the result is closed, on the same thread. */
  static Held hold(IdempotencyStore store, HeldClaim claim) {
    OwnClaims before = CURRENT.get();
    CURRENT.set(new OwnClaims(store, claim, before));
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
