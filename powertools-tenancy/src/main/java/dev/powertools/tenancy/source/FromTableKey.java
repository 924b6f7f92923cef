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
 * The tenant is a part of the key of the changed item, in the stream of a DynamoDB table of ours.
 * Trusted as infrastructure: its images, which hold what was written, are not looked at.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.TableKey.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface FromTableKey {

  /** The table; {@code ${NAME}} stands for an environment variable. */
  @ValueForm(TextForm.NOT_BLANK)
  String table();

  /** The key attribute. */
  String key() default "pk";

  /**
   * What keys look like, with a {@code *} at the end for any rest, as {@code TENANT#{tenant}#*}.
   */
  @ValueForm(TextForm.NOT_BLANK)
  String format();
}
