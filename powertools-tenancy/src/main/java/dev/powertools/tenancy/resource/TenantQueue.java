// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An SQS queue that a tenant's clients may send to. What is sent carries a signed {@linkplain
 * dev.powertools.tenancy.envelope.TenantEnvelope envelope} and, on standard queues, the tenant as
 * its message group unless it has one. A queue with the tenant in its name, {@code jobs-{tenant}},
 * is the tenant's alone, and it may receive from it too.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(TenantQueue.All.class)
public @interface TenantQueue {

  /**
   * The name, the ARN or the URL; {@code ${NAME}} stands for an environment variable, {@code
   * {tenant}} for the tenant. A name is that of a queue of the function's own account and region.
   */
  String name();

  /** Several of them on one type. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {

    /** The declarations. */
    TenantQueue[] value();
  }
}
