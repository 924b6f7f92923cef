// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.idempotency.Idempotency;
import dev.powertools.idempotency.IdempotencyOptions;
import dev.powertools.idempotency.IdempotencyOptions.OnException;
import dev.powertools.idempotency.IdempotencyOptions.WhenInProgress;
import dev.powertools.logging.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Door 3, with choices. */
public class PlainCodeCarefulShop
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private final Idempotency once =
      Idempotency.of(
          FunctionRuntime.current()
              .part(IdempotencyOptions.class, r -> IdempotencyOptions.defaults())
              .toBuilder()
              .name("careful")
              .validate("/cents")
              .whenInProgress(WhenInProgress.WAIT)
              .onException(OnException.KEEP)
              .build());

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    try {
      Shop.Receipt receipt = Logs.defaults().call(event, context, () -> charge(event));
      return Map.of("orderId", receipt.orderId(), "number", receipt.number());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Shop.Receipt charge(Map<String, Object> event) throws IOException {
    String orderId = String.valueOf(event.get("orderId"));
    long cents = ((Number) event.getOrDefault("cents", 0)).longValue();
    return once.execute(
        orderId, event, Shop.Receipt.class, () -> Shop.current().charge(orderId, cents));
  }
}
