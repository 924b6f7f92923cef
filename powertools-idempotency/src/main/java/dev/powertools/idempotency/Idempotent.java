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
 * <p>While somebody else does the work, the call fails at once with {@link InProgressException}, or
 * waits ({@link #whenInProgress()}). When the method throws, the claim is released, so that the
 * work can be tried again ({@link #onException()}); so it is when it returns {@code
 * Outcome.retryAfter} or {@code deadLetter}. Without a key, the key is the work id inside a batch,
 * and an error elsewhere. On a handler's type it means the whole function invocation; a handler of
 * a batch of records is refused, since the records need a key each.
 *
 * <p>Results need to be readable again from JSON, as what the method declares. A stream handler's
 * result is what it writes. Results that are too large are compressed, and spilled if the runtime
 * has a {@link dev.powertools.idempotency.spi.ResultSpill}. Those that cannot be kept all the same
 * are noted as done; later calls get {@link ResultNotKeptException}, or the {@link #fallback()}.
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
   * Under which ids and in which form records are kept; {@link KeyFormat#OWN} by default, {@link
   * KeyFormat#AWS_POWERTOOLS} while that library uses the same table.
   */
  KeyFormat keyFormat() default KeyFormat.OWN;

  /** Whether tenants may share keys where the format can't tell them apart; they may not. */
  SharedKeys sharedKeys() default SharedKeys.REFUSE;

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

  /**
   * How long a claim is left alone. By default the time left to the platform's deadline and 2 s
   * more: afterwards its holder has been stopped, and one other call does the work again.
   *
   * <p>A length of time ({@code 20m}) makes it longer, for work that goes on elsewhere when the
   * function has ended; a shorter one than the time left protects nothing, so it warns once and the
   * time left is used.
   *
   * <p>{@code until-expiry} means at most once: if the holder is stopped before it could say how
   * the work ended, nobody does it again before the expiry, and every call until then gets {@link
   * InProgressException}. Choose it where doing the work twice is worse than leaving it half done,
   * and have somebody look at what stays in progress. Work that throws is released also then; with
   * {@link IdempotencyOptions.OnException#KEEP} it is not tried again either.
   */
  String lease() default "";

  /** What a call gets while another does the work; it fails at once by default. */
  IdempotencyOptions.WhenInProgress whenInProgress() default IdempotencyOptions.WhenInProgress.FAIL;

  /** What becomes of the key when the method throws; it can be tried again by default. */
  IdempotencyOptions.OnException onException() default IdempotencyOptions.OnException.RELEASE;

  /**
   * JSON Pointers to parts of the payload that must be the same whenever the key is: {@code
   * validate = "/amount"}. In the one parameter that is no {@code Context}, as {@link #key()}. A
   * call in which they differ from the first gets {@link PayloadMismatchException}. None by
   * default.
   */
  String[] validate() default {};

  /**
   * The name of one of the runtime's {@link IdempotencyStores}; empty (the default) for its store.
   */
  String store() default "";

  /** What a call does when the store fails at its claim; it fails too by default. */
  IdempotencyOptions.WhenStoreFails whenStoreFails() default IdempotencyOptions.WhenStoreFails.FAIL;

  /** What a call does whose key is missing, null or empty; it fails by default. */
  IdempotencyOptions.WhenKeyMissing whenKeyMissing() default IdempotencyOptions.WhenKeyMissing.FAIL;

  /**
   * What gives a result where the work is done but its result was not kept: a public class with a
   * public constructor without parameters. By default there is none.
   */
  Class<? extends ResultFallback> fallback() default ResultFallback.None.class;
}
