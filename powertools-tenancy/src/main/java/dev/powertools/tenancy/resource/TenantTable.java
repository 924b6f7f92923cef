// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A DynamoDB table that a tenant's clients may use, and how its items say whose they are. A table
 * that is not declared can't be reached.
 *
 * <pre>{@code
 * @TenantTable(name = "orders", pk = "pk", format = "TENANT#{tenant}#*",
 *     indexes = @TenantIndex(name = "gsi1", pk = "gsi1pk", format = "{tenant}"))
 * interface OrdersIsolation {}
 * }</pre>
 *
 * <p>A table of one tenant's alone has the tenant in its name, as in {@code orders-{tenant}}, and
 * may have no format: then all in it is the tenant's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(TenantTable.All.class)
public @interface TenantTable {

  /**
   * The name, or the ARN for a table of another account or region; {@code ${NAME}} stands for an
   * environment variable, {@code {tenant}} for the tenant.
   */
  String name();

  /** The attribute that is the partition key. */
  String pk();

  /**
   * What its values look like, with a {@code *} at the end for any rest: {@code TENANT#{tenant}#*}.
   * Their type is S. Only a table with the tenant in its name may do without.
   */
  String format() default "";

  /** The indexes that may be queried; one that is not declared can't be. */
  TenantIndex[] indexes() default {};

  /** Several of them on one type. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {

    /** The declarations. */
    TenantTable[] value();
  }
}
