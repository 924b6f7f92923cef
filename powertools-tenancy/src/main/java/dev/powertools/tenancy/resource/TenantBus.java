// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An EventBridge bus that a tenant's clients may put events on. Their {@code detail.tenantId} is
 * the tenant.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(TenantBus.All.class)
public @interface TenantBus {

  /**
   * The name or the ARN; {@code ${NAME}} stands for an environment variable, {@code {tenant}} for
   * the tenant.
   */
  String name();

  /** Several of them on one type. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {

    /** The declarations. */
    TenantBus[] value();
  }
}
