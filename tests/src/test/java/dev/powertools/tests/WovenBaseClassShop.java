// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import java.io.IOException;

/** Doors 1 and 2 at once: a woven base class, whose annotations apply once all the same. */
@Logging(correlationId = "/trace/id")
public class WovenBaseClassShop extends FunctionHandler<Shop.Order, Shop.Receipt> {

  @Override
  @Idempotent(name = "charge", key = "/orderId")
  protected Shop.Receipt handle(Shop.Order order, Context context) throws IOException {
    return Shop.current().charge(order.orderId(), order.cents());
  }
}
