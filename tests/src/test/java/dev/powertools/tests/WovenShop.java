// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Door 1: woven, with the work in a private method that the handler calls itself. */
@Logging(correlationId = "/trace/id")
public class WovenShop implements RequestHandler<Map<String, Object>, Shop.Receipt> {

  @Override
  public Shop.Receipt handleRequest(Map<String, Object> event, Context context) {
    try {
      return charge(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Idempotent(name = "charge", key = "/orderId")
  private Shop.Receipt charge(Map<String, Object> event) throws IOException {
    Number cents = (Number) event.getOrDefault("cents", 0);
    return Shop.current().charge(String.valueOf(event.get("orderId")), cents.longValue());
  }
}
