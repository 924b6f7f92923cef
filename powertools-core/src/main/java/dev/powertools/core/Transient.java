// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import dev.powertools.core.chain.TextForm;
import dev.powertools.core.chain.ValueForm;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an exception type: trying again later may help, as with a busy service. This is also how an
 * exception without any mark is treated. Subclasses inherit it, the nearest mark counts.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Transient {

  /**
   * How long to wait at least, such as {@code 30s}; empty (the default) leaves it to the policy.
   */
  @ValueForm(TextForm.DURATION)
  String retryAfter() default "";
}
