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
 * The tenant is a part of the key of an S3 object, decoded as S3 encodes it in events, in a bucket
 * of ours. Trusted as infrastructure. For S3 itself, not for events that a queue handed on.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Intercepted(by = Factories.ObjectKey.class, phase = Phase.TENANT, side = Side.BESIDE)
public @interface FromObjectKey {

  /** The buckets that are ours, exactly; {@code ${NAME}} stands for an environment variable. */
  String[] bucket();

  /** What keys look like, with a {@code *} at the end for any rest. */
  @ValueForm(TextForm.NOT_BLANK)
  String format() default "tenants/{tenant}/*";
}
