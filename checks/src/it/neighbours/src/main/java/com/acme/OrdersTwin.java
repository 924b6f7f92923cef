// SPDX-License-Identifier: Apache-2.0
package com.acme;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

public class OrdersTwin implements RequestHandler<Map<String, Object>, String> {

  private final Tariff tariff;

  public OrdersTwin() {
    this(new Tariff());
  }

  OrdersTwin(Tariff tariff) {
    this.tariff = tariff;
  }

  @Override
  public String handleRequest(Map<String, Object> order, Context context) {
    return charge(order);
  }

  String charge(Map<String, Object> order) {
    if (order.containsKey("gift")) {
      return "free";
    }
    return order.get("orderId") + " costs " + tariff.cents(order.size());
  }
}
