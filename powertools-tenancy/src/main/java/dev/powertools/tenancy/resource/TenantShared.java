// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What all tenants may read and none may write: a catalogue, a table of prices. The only way to a
 * Scan.
 *
 * <pre>{@code
 * @TenantShared(service = "DynamoDb", resource = "catalogue", operations = {"GetItem", "Scan"})
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(TenantShared.All.class)
public @interface TenantShared {

  /** The service as the SDK names it: {@code DynamoDb} or {@code S3}. */
  String service();

  /**
   * The table, or the bucket with what keys begin with: {@code assets/public/}; {@code ${NAME}}
   * stands for an environment variable.
   */
  String resource();

  /** The operations; such as only read. */
  String[] operations();

  /** Several of them on one type. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {

    /** The declarations. */
    TenantShared[] value();
  }
}
