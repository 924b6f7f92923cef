// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.idempotency.Idempotency;
import dev.powertools.logging.LoggingOptions;
import dev.powertools.logging.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Door 3: plain code, with no annotation at all. */
public class PlainCodeShop implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Logs LOGS =
      Logs.of(LoggingOptions.builder().correlationId("/trace/id").build());
  private static final Idempotency ONCE = Idempotency.of("charge");

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    try {
      Shop.Receipt receipt = LOGS.call(event, context, () -> charge(event));
      return Map.of("orderId", receipt.orderId(), "number", receipt.number());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shop.Receipt charge(Map<String, Object> event) throws IOException {
    String orderId = String.valueOf(event.get("orderId"));
    long cents = ((Number) event.getOrDefault("cents", 0)).longValue();
    return ONCE.execute(orderId, Shop.Receipt.class, () -> Shop.current().charge(orderId, cents));
  }
}
