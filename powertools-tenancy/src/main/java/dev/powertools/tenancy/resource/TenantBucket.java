// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An S3 bucket that a tenant's clients may use, and which of its keys are whose. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(TenantBucket.All.class)
public @interface TenantBucket {

  /**
   * The name; {@code ${NAME}} stands for an environment variable, {@code {tenant}} for the tenant.
   */
  String name();

  /**
   * What the keys of a tenant begin with, with a {@code /} at its end: {@code tenants/{tenant}/}.
   * Only a bucket with the tenant in its name may do without.
   */
  String prefix() default "";

  /** Several of them on one type. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {

    /** The declarations. */
    TenantBucket[] value();
  }
}
