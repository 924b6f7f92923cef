// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.config.DurationText;

/** Builds the link of a method with {@link TenantBulkhead}. */
final class BulkheadFactory implements InterceptorFactory<TenantBulkhead> {

  @Override
  public Interceptor create(
      TenantBulkhead annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    LimitLinks.refuseBatches("TenantBulkhead", joinPoint);
    String resource = annotation.resource();
    return LimitLinks.concurrency(
        runtime,
        resource.isEmpty() ? joinPoint.describe() : resource,
        Quota.of("max", annotation.max(), annotation.tier()),
        DurationText.parse(annotation.retryAfter()));
  }
}
