// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.chain.TextForm;
import dev.powertools.core.chain.ValueForm;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Does the work of a method once for each key; every other call with that key gets the stored
 * result, also in another environment, until the expiry.
 *
 * <pre>{@code
 * @Idempotent(name = "charge", key = "/orderId", expiry = "1h")
 * Receipt charge(Order order) { ... }
 * }</pre>
 *
 * <p>While somebody else does the work, the call fails at once with {@link InProgressException}.
 * When the method throws, the claim is released, so that the work can be tried again; so it is when
 * it returns {@code Outcome.retryAfter} or {@code deadLetter}. Without a key, the key is the work
 * id inside a batch, and an error elsewhere. On a handler's type it means the whole function
 * invocation; a handler of a batch of records is refused, since the records need a key each.
 *
 * <p>Results need to be readable again from JSON, as what the method declares. Results that cannot
 * be written are noted as done; later calls get {@link ResultNotKeptException}.
 */
@Documented
@Intercepted(by = IdempotentFactory.class, phase = Phase.IDEMPOTENCY, side = Side.OWN)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {

  /**
   * The name of the work, a part of every key, one for each method of a function. Recommended: by
   * default it is class, method and parameter types, so a rename runs work again that was done
   * under the old name.
   */
  String name() default "";

  /**
   * The JSON Pointer (RFC 6901) to the key, in the one parameter that is no {@code Context}; steps
   * into strings that hold JSON. Empty (the default) if {@link IdempotencyKey} marks the key, or
   * for the work id of a record.
   */
  @ValueForm(TextForm.POINTER)
  String key() default "";

  /** How long the result counts, from the end of the work; {@code 1h} by default. */
  @ValueForm(TextForm.DURATION)
  String expiry() default "1h";
}
