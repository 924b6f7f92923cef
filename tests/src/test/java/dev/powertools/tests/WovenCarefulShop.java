// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.idempotency.IdempotencyOptions.OnException;
import dev.powertools.idempotency.IdempotencyOptions.WhenInProgress;
import dev.powertools.idempotency.Idempotent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Door 1, with choices. */
public class WovenCarefulShop implements RequestHandler<Map<String, Object>, Shop.Receipt> {

  @Override
  public Shop.Receipt handleRequest(Map<String, Object> event, Context context) {
    try {
      return charge(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Idempotent(
      name = "careful",
      key = "/orderId",
      validate = "/cents",
      whenInProgress = WhenInProgress.WAIT,
      onException = OnException.KEEP)
  private Shop.Receipt charge(Map<String, Object> event) throws IOException {
    Number cents = (Number) event.getOrDefault("cents", 0);
    return Shop.current().charge(String.valueOf(event.get("orderId")), cents.longValue());
  }
}
