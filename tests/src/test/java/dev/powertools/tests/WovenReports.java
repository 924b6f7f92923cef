// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.limit.TenantRateLimit;
import dev.powertools.tenancy.source.FromJwt;

/** Door 1 for limits. */
public class WovenReports
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  @Override
  @TenantIsolated
  @FromJwt(claim = "tenant")
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return APIGatewayV2HTTPResponse.builder().withStatusCode(200).withBody(report()).build();
  }

  @TenantRateLimit(permits = 2, per = "1m", tier = "gold:500")
  private String report() {
    return "a report";
  }
}
