// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.logging.Logs;
import dev.powertools.tracing.Traces;
import java.io.IOException;
import java.util.Map;

/** Door 3 for spans: no annotation at all. */
public class PlainCodeTracedShop
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return Traces.call(
        event,
        context,
        () -> {
          Traces.attribute("order.id", String.valueOf(event.get("orderId")));
          return Logs.defaults().call(event, context, () -> charge(event));
        });
  }

  private static Map<String, Object> charge(Map<String, Object> event) {
    long cents = ((Number) event.getOrDefault("cents", 0)).longValue();
    return Traces.span(
        "charge",
        () -> {
          Traces.attribute("order.cents", cents);
          return charged(String.valueOf(event.get("orderId")), cents);
        });
  }

  private static Map<String, Object> charged(String orderId, long cents) {
    try {
      return Map.of("number", Shop.current().charge(orderId, cents).number());
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
