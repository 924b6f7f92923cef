// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.logging.Logging;
import dev.powertools.tracing.SpanAttribute;
import dev.powertools.tracing.Tracing;
import java.io.IOException;
import java.util.Map;

/** Door 1 for spans: woven, with a private method that has one of its own. */
@Logging
public class WovenTracedShop implements RequestHandler<Map<String, Object>, Shop.Receipt> {

  @Override
  @Tracing
  public Shop.Receipt handleRequest(
      @SpanAttribute(value = "order.id", pointer = "/orderId") Map<String, Object> event,
      Context context) {
    try {
      return charge(
          String.valueOf(event.get("orderId")),
          ((Number) event.getOrDefault("cents", 0)).longValue());
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  // region method
  @Tracing(name = "charge")
  private Shop.Receipt charge(String orderId, @SpanAttribute("order.cents") long cents)
      throws IOException {
    return Shop.current().charge(orderId, cents);
  }
  // endregion
}
