// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.limit.TenantBulkhead;
import dev.powertools.tenancy.limit.TenantRateLimit;
import dev.powertools.tenancy.source.FromJwt;
import java.util.Map;

/** Door 2 for limits: no build plugin. */
public class BaseClassReports extends FunctionHandler<Map<String, Object>, Map<String, Object>> {

  // region limited
  @Override
  @TenantIsolated
  @FromJwt(claim = "tenant")
  @TenantRateLimit(permits = 2, per = "1m", tier = "gold:500")
  @TenantBulkhead(max = 4)
  protected Map<String, Object> handle(Map<String, Object> event, Context context) {
    return Map.of("statusCode", 200, "body", "a report");
  }
  // endregion
}
