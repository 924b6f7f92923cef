// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import dev.powertools.retry.Jitter;
import dev.powertools.retry.Retry;
import java.io.IOException;

/** Door 2, over a till that does not always answer. */
public class BaseClassFlakyShop extends FunctionHandler<Shop.Order, Shop.Receipt> {

  @Override
  @Logging
  @Idempotent(name = "flaky", key = "/orderId")
  @Retry(attempts = 3, base = "100ms", jitter = Jitter.NONE)
  protected Shop.Receipt handle(Shop.Order order, Context context) throws IOException {
    return FlakyTill.current().charge(order.orderId());
  }
}
