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
 * The tenant owns the queue, stream or topic that the work came from: one for each of them (silo).
 * Trusted as infrastructure. Work from elsewhere has no tenant.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.SourceArn.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface FromSourceArn {

  /**
   * {@code ARN=tenant} each, several in one text separated by commas; {@code ${NAME}} stands for an
   * environment variable.
   */
  String[] value();
}
