// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.Signal;
import dev.powertools.tenancy.limit.TenantLimitException.Limit;
import java.time.Duration;
import java.util.Map;

/**
 * A call was refused, since its tenant has reached a limit.
 *
 * @param resource what is limited
 * @param limit which limit was reached
 * @param retryAfter after what time another try may succeed
 */
public record TenantLimitSignal(String resource, Limit limit, Duration retryAfter)
    implements Signal {

  @Override
  public String name() {
    return "tenancy.limited";
  }

  @Override
  public Map<String, Object> fields() {
    return Map.of(
        "resource", resource, "limit", limit.name(), "retry_after_ms", retryAfter.toMillis());
  }
}
