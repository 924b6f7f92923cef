// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import dev.powertools.retry.Jitter;
import dev.powertools.retry.Retry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Door 1, over a till that does not always answer. */
public class WovenFlakyShop implements RequestHandler<Map<String, Object>, Shop.Receipt> {

  @Override
  @Logging
  public Shop.Receipt handleRequest(Map<String, Object> event, Context context) {
    try {
      return charge(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // region woven
  @Idempotent(name = "flaky", key = "/orderId")
  @Retry(attempts = 3, base = "100ms", jitter = Jitter.NONE)
  private Shop.Receipt charge(Map<String, Object> order) throws IOException {
    return FlakyTill.current().charge(String.valueOf(order.get("orderId")));
  }
  // endregion
}
