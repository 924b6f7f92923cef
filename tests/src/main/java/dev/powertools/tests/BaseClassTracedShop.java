// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.logging.Logging;
import dev.powertools.tracing.SpanAttribute;
import dev.powertools.tracing.Traces;
import dev.powertools.tracing.Tracing;
import java.io.IOException;

/** Door 2 for spans: no build plugin. */
@Logging
public class BaseClassTracedShop extends FunctionHandler<Shop.Order, Shop.Receipt> {

  // region handler
  @Override
  @Tracing
  protected Shop.Receipt handle(
      @SpanAttribute(value = "order.id", pointer = "/orderId") Shop.Order order, Context context)
      throws IOException {
    return Traces.span(
        "charge",
        () -> {
          Traces.attribute("order.cents", order.cents());
          return Shop.current().charge(order.orderId(), order.cents());
        });
  }
  // endregion
}
