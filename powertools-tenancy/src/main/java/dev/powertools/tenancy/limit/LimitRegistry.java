// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.ConfigKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All limits of one runtime, by what they limit: one for each resource, wherever it is named.
 * Thread-safe.
 */
final class LimitRegistry {

  private static final int FEWEST = 1;

  static final ConfigKey<Integer> MOST_TENANTS =
      ConfigKey.of(
              "POWERTOOLS_TENANT_LIMIT_TENANTS",
              "a positive whole number",
              LimitRegistry::positive,
              "How many tenants are counted apart for each rate limit.")
          .withDefault(10_000);

  private final FunctionRuntime runtime;
  private final Map<String, Rate> rates = new ConcurrentHashMap<>();
  private final Map<String, Concurrency> concurrencies = new ConcurrentHashMap<>();

  private LimitRegistry(FunctionRuntime runtime) {
    this.runtime = runtime;
  }

  private record Rate(Quota quota, Duration per, RateLimits limits) {}

  private record Concurrency(Quota quota, Bulkheads bulkheads) {}

  static LimitRegistry of(FunctionRuntime runtime) {
    return runtime.part(LimitRegistry.class, LimitRegistry::new);
  }

  RateLimits rate(String resource, Quota quota, Duration per) {
    int most = runtime.config().get(MOST_TENANTS);
    Rate rate =
        rates.computeIfAbsent(
            resource,
            r -> new Rate(quota, per, new RateLimits(r, quota, per, most, runtime.timing())));
    requireSame(resource, rate.quota.equals(quota) && rate.per.equals(per));
    return rate.limits;
  }

  Bulkheads concurrency(String resource, Quota quota) {
    Concurrency concurrency =
        concurrencies.computeIfAbsent(
            resource, r -> new Concurrency(quota, new Bulkheads(r, quota)));
    requireSame(resource, concurrency.quota.equals(quota));
    return concurrency.bulkheads;
  }

  private static void requireSame(String resource, boolean same) {
    if (!same) {
      throw new ConfigurationException(
          "the resource \""
              + resource
              + "\" has two different limits. Give both places the same values, or each its own"
              + " resource.");
    }
  }

  private static Integer positive(String text) {
    int number = Integer.parseInt(text);
    if (number < FEWEST) {
      throw new IllegalArgumentException("not positive");
    }
    return number;
  }
}
