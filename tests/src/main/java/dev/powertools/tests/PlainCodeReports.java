// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.HttpProblem;
import dev.powertools.tenancy.Tenancy;
import dev.powertools.tenancy.limit.TenantLimit;
import dev.powertools.tenancy.limit.TenantLimitException;
import dev.powertools.tenancy.limit.TenantLimitOptions;
import dev.powertools.tenancy.source.TenantSources;
import java.time.Duration;
import java.util.Map;

/** Door 3 for limits, which makes its own answer of a refusal. */
public class PlainCodeReports implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private final Tenancy tenancy = Tenancy.of(TenantSources.jwt("tenant"));

  // region plain
  private final TenantLimit reports =
      TenantLimit.of(
          TenantLimitOptions.builder("reports")
              .rate(2, Duration.ofMinutes(1))
              .rateOfTier("gold", 500)
              .concurrency(4)
              .build());

  private String report() {
    return reports.call(() -> "a report");
  }

  // endregion

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    try {
      String report = tenancy.call(event, context, this::report);
      return Map.of("statusCode", 200, "body", report);
    } catch (TenantLimitException e) {
      HttpProblem problem = e.httpProblem().orElseThrow();
      return Map.of("statusCode", problem.status(), "headers", problem.headers());
    }
  }
}
