// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An SNS topic that a tenant's clients may publish to. What is published carries a signed
 * {@linkplain dev.powertools.tenancy.envelope.TenantEnvelope envelope}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(TenantTopic.All.class)
public @interface TenantTopic {

  /**
   * The name or the ARN; {@code ${NAME}} stands for an environment variable, {@code {tenant}} for
   * the tenant. A name is that of a topic of the function's own account and region.
   */
  String name();

  /** Several of them on one type. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {

    /** The declarations. */
    TenantTopic[] value();
  }
}
