// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.idempotency.Idempotent;
import java.io.IOException;

/** Charges orders once. */
public class PaidOrders extends FunctionHandler<Shop.Order, Shop.Receipt> {

  @Override
  @Idempotent(name = "charge", key = "/orderId")
  protected Shop.Receipt handle(Shop.Order order, Context context) throws IOException {
    return Shop.current().charge(order.orderId(), order.cents());
  }
}
