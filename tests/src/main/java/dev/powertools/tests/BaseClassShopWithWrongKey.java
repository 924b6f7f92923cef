// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.idempotency.Idempotent;

/** Points to a component that there is not. */
public class BaseClassShopWithWrongKey extends FunctionHandler<Shop.Order, String> {

  @Override
  @Idempotent(name = "wrong", key = "/ordreId")
  protected String handle(Shop.Order order, Context context) {
    return order.orderId();
  }
}
