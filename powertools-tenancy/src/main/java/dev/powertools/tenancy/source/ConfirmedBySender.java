// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The session name of the role that sent the SQS message ({@code SenderId}) must name the tenant. A
 * cross-check for roles whose sessions are named after tenants; it never decides.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.Sender.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface ConfirmedBySender {

  /** What stands before the tenant in the session name. */
  String prefix() default "t-";
}
