// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An index of a {@link TenantTable}. Its partition key says whose an item is as the table's does,
 * so it is checked on each write as well: an item of one tenant's must not turn up in the index of
 * another.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface TenantIndex {

  /** The name. */
  String name();

  /** The attribute that is the partition key; the table's own if it is a local index. */
  String pk() default "";

  /** What its values look like; the table's format if it is a local index. */
  String format() default "";

  /** Whether its partition key does not say whose an item is: then no tenant may query it. */
  boolean global() default false;
}
