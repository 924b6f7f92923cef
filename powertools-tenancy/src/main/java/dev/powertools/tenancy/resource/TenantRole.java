// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The role that is assumed for a tenant's calls of AWS, with the tenant as a session tag; its
 * policy allows what is that tenant's. Without it calls are signed by the function's own role, and
 * only the guard in this process keeps tenants apart: a warning says so.
 *
 * <pre>{@code
 * @TenantRole(arn = "${TENANT_ROLE_ARN}")
 * @TenantBucket(name = "shared", prefix = "tenants/{tenant}/")
 * interface NotesIsolation {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TenantRole {

  /** Its ARN; {@code ${NAME}} stands for an environment variable. */
  String arn();

  /** The name of the session tag that is the tenant, as the role's policy has it. */
  String tag() default "TenantId";

  /**
   * Further session tags, {@code name=value} each, the same for all tenants; {@code ${NAME}} in a
   * value stands for an environment variable.
   */
  String[] tags() default {};
}
