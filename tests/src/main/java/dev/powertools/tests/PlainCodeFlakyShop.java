// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.idempotency.Idempotency;
import dev.powertools.logging.Logs;
import dev.powertools.retry.Jitter;
import dev.powertools.retry.Retries;
import dev.powertools.retry.RetryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/** Door 3, over a till that does not always answer. */
public class PlainCodeFlakyShop
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private final Idempotency once = Idempotency.of("flaky");

  // region plain
  private final Retries charging =
      Retries.of(
          RetryOptions.builder()
              .name("charge")
              .attempts(3)
              .base(Duration.ofMillis(100))
              .jitter(Jitter.NONE)
              .build());

  private Shop.Receipt charge(String orderId) throws IOException {
    return charging.call(() -> FlakyTill.current().charge(orderId));
  }

  // endregion

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    String orderId = String.valueOf(event.get("orderId"));
    try {
      Shop.Receipt receipt =
          Logs.defaults()
              .call(
                  event,
                  context,
                  () -> once.execute(orderId, Shop.Receipt.class, () -> charge(orderId)));
      return Map.of("orderId", receipt.orderId(), "number", receipt.number());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
