// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A KMS key that a tenant's clients may use. The encryption context has the tenant in it, as {@code
 * tenant}, so what was encrypted for one tenant can't be decrypted for another.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(TenantKey.All.class)
public @interface TenantKey {

  /**
   * The key's id, alias or ARN, as calls name it; {@code ${NAME}} stands for an environment
   * variable, {@code {tenant}} for the tenant.
   */
  String name();

  /** Several of them on one type. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {

    /** The declarations. */
    TenantKey[] value();
  }
}
