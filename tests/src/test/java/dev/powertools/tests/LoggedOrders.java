// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.powertools.logging.CorrelationId;
import dev.powertools.logging.Logging;
import dev.powertools.logging.Logs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the page on logging shows. */
public class LoggedOrders
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedOrders.class);

  // region handler
  @Override
  @Logging(correlationId = CorrelationId.API_GATEWAY_HTTP)
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    Logs.put("order_id", event.getPathParameters().get("id")); // until the invocation ends
    try (var step = Logs.with("step", "charge")) { // until the block ends
      LOG.atInfo().addKeyValue("cents", 1250).log("charged {}", "ada");
    }
    LOG.info("done");
    return APIGatewayV2HTTPResponse.builder().withStatusCode(201).build();
  }
  // endregion
}
