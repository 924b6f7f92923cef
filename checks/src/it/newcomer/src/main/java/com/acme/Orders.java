package com.acme;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Logging
public class Orders implements RequestHandler<Map<String, Object>, String> {

  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  @Override
  public String handleRequest(Map<String, Object> order, Context context) {
    return charge(order);
  }

  @Idempotent(name = "charge", key = "/orderId")
  private String charge(Map<String, Object> order) {
    LOG.info("Charging {}", order.get("orderId"));
    return "charged " + order.get("orderId");
  }
}
