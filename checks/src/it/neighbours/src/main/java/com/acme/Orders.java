// SPDX-License-Identifier: Apache-2.0
package com.acme;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import java.util.Map;

/** Woven. Its twin is the same without the annotations: JaCoCo must not tell them apart. */
@Logging
public class Orders implements RequestHandler<Map<String, Object>, String> {

  private final Tariff tariff;

  public Orders() {
    this(new Tariff());
  }

  Orders(Tariff tariff) {
    this.tariff = tariff;
  }

  @Override
  public String handleRequest(Map<String, Object> order, Context context) {
    return charge(order);
  }

  @Idempotent(name = "charge", key = "/orderId")
  String charge(Map<String, Object> order) {
    if (order.containsKey("gift")) {
      return "free";
    }
    return order.get("orderId") + " costs " + tariff.cents(order.size());
  }
}
