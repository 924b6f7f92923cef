// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.idempotency.IdempotencyOptions.OnException;
import dev.powertools.idempotency.IdempotencyOptions.WhenInProgress;
import dev.powertools.idempotency.Idempotent;
import java.io.IOException;

/** Door 2, with choices. */
public class BaseClassCarefulShop extends FunctionHandler<Shop.Order, Shop.Receipt> {

  @Override
  @Idempotent(
      name = "careful",
      key = "/orderId",
      validate = "/cents",
      whenInProgress = WhenInProgress.WAIT,
      onException = OnException.KEEP)
  protected Shop.Receipt handle(Shop.Order order, Context context) throws IOException {
    return Shop.current().charge(order.orderId(), order.cents());
  }
}
