// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

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
 * The tenant is in the detail of an event of EventBridge, if the event is of one of our own sources
 * and accounts; others have no tenant. Trusted as infrastructure. For the event itself, not for one
 * that a queue handed on: what is in a message anybody may have written who may send to the queue.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.EventBridge.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface FromEventBridge {

  /** The sources that are ours, exactly; partners' ({@code aws.partner/…}) can't be. */
  String[] source();

  /** The accounts that are ours; {@code ${NAME}} stands for an environment variable. */
  String[] account();

  /** Where the tenant is. */
  @ValueForm(TextForm.POINTER)
  String pointer() default "/detail/tenantId";
}
