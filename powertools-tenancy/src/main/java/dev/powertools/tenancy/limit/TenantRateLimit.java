// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

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
 * How often each tenant may call a method: so many times in each period, one period after the
 * other. A call too many fails at once with {@link TenantLimitException}, and never waits: over
 * HTTP it is a 429, and a record of a batch is delivered again after the rest of the period, which
 * counts as no failed attempt.
 *
 * <pre>{@code
 * @TenantRateLimit(permits = 50, per = "1s", tier = "gold:500")
 * }</pre>
 *
 * <p>Counted in this execution environment alone. Replays of idempotent work count too. A call
 * without a tenant fails. Works in a method of any class, with a tenant in force.
 *
 * @see TenantLimit
 */
@Documented
@Intercepted(by = RateLimitFactory.class, phase = Phase.LIMIT, side = Side.OWN, order = 1)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TenantRateLimit {

  /** Calls for each tenant in each period; one at least. */
  int permits();

  /** The period; {@code 1s} by default, a day at most. */
  @ValueForm(TextForm.DURATION)
  String per() default "1s";

  /**
   * What tenants of a tier have instead, as {@code gold:500}; tiers come from {@link TenantTiers}.
   */
  String[] tier() default {};

  /** What is limited, for places that share one limit; the method by default. */
  String resource() default "";
}
