// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

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
 * Says that a function, or a method, works for no tenant, on purpose: a schedule's, say, whose
 * event has none. Its keys are the system's, and {@link Tenants#current()} throws in it. Each call
 * leaves a line {@code tenant_system} with the reason. Refused inside a tenant's work.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = RunsAsSystemFactory.class, phase = Phase.TENANT, side = Side.OWN)
public @interface RunsAsSystem {

  /** Why, for the log, such as {@code nightly-billing}. */
  @ValueForm(TextForm.NOT_BLANK)
  String reason();
}
