// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A Lambda function that a tenant's clients may invoke. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(TenantFunction.All.class)
public @interface TenantFunction {

  /**
   * The name or the ARN without a version; {@code ${NAME}} stands for an environment variable,
   * {@code {tenant}} for the tenant.
   */
  String name();

  /**
   * Whether it was created with tenant isolation mode {@code PER_TENANT}: then each call carries
   * the tenant's id, and none may for other functions, since Lambda refuses that.
   */
  boolean perTenant() default false;

  /** Several of them on one type. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {

    /** The declarations. */
    TenantFunction[] value();
  }
}
