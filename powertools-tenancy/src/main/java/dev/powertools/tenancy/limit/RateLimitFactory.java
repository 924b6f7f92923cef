// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.config.DurationText;

/** Builds the link of a method with {@link TenantRateLimit}. */
final class RateLimitFactory implements InterceptorFactory<TenantRateLimit> {

  @Override
  public Interceptor create(
      TenantRateLimit annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    LimitLinks.refuseBatches("TenantRateLimit", joinPoint);
    String resource = annotation.resource();
    return LimitLinks.rate(
        runtime,
        resource.isEmpty() ? joinPoint.describe() : resource,
        Quota.of("permits", annotation.permits(), annotation.tier()),
        DurationText.parse(annotation.per()));
  }
}
