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
 * How many calls of a method each tenant may have under way at once: for records of a batch that
 * run side by side, and for environments that serve several requests. One too many fails at once
 * with {@link TenantLimitException}, as with {@link TenantRateLimit}; where both stand, this one is
 * asked first.
 *
 * <p>Counted in this execution environment alone. A call without a tenant fails.
 *
 * @see TenantLimit
 */
@Documented
@Intercepted(by = BulkheadFactory.class, phase = Phase.LIMIT, side = Side.OWN, order = 0)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TenantBulkhead {

  /** Calls under way at once for each tenant; one at least. */
  int max();

  /**
   * What tenants of a tier have instead, as {@code gold:8}; tiers come from {@link TenantTiers}.
   */
  String[] tier() default {};

  /** After what time one that was refused may come again; {@code 1s} by default. */
  @ValueForm(TextForm.DURATION)
  String retryAfter() default "1s";

  /** What is limited, for places that share one limit; the method by default. */
  String resource() default "";
}
