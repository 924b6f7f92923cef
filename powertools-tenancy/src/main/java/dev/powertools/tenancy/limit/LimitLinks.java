// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.BatchHandler;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.limit.TenantLimitException.Limit;
import java.time.Duration;

/** The links of the phase LIMIT. */
final class LimitLinks {

  static final Duration LONGEST = Duration.ofDays(1);

  private LimitLinks() {}

  static Interceptor rate(FunctionRuntime runtime, String resource, Quota quota, Duration per) {
    requireAtMostADay("per", per);
    RateLimits limits = LimitRegistry.of(runtime).rate(resource, quota, per);
    TenantTiers tiers = runtime.part(TenantTiers.class).orElse(null);
    return invocation -> {
      Duration wait = limits.take(tenant(), tiers);
      if (wait != null) {
        throw refused(invocation.function(), resource, Limit.RATE, wait);
      }
      return invocation.proceed();
    };
  }

  static Interceptor concurrency(
      FunctionRuntime runtime, String resource, Quota quota, Duration retryAfter) {
    requireAtMostADay("retryAfter", retryAfter);
    Bulkheads bulkheads = LimitRegistry.of(runtime).concurrency(resource, quota);
    TenantTiers tiers = runtime.part(TenantTiers.class).orElse(null);
    return invocation -> {
      Bulkheads.Entered entered = bulkheads.enter(tenant(), tiers);
      if (entered == null) {
        throw refused(invocation.function(), resource, Limit.CONCURRENCY, retryAfter);
      }
      try {
        return invocation.proceed();
      } finally {
        entered.close();
      }
    };
  }

  private static TenantId tenant() {
    return Tenants.current().id();
  }

  private static TenantLimitException refused(
      FunctionInvocation function, String resource, Limit limit, Duration retryAfter) {
    function.emit(new TenantLimitSignal(resource, limit, retryAfter));
    return new TenantLimitException(resource, limit, retryAfter);
  }

  private static void requireAtMostADay(String attribute, Duration value) {
    if (value.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(
          attribute + " is " + value + ", and must be a day at most: environments live no longer.");
    }
  }

  /** A batch has many tenants. */
  static void refuseBatches(String annotation, JoinPoint joinPoint) {
    if (joinPoint.entry() && BatchHandler.class.isAssignableFrom(joinPoint.owner())) {
      throw new ConfigurationException(
          "the event is a whole batch, and its records have a tenant each. Put @"
              + annotation
              + " on the method that handles one record.");
    }
  }
}
