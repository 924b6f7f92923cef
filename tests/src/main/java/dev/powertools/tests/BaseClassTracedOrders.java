// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.logging.Logging;
import dev.powertools.tracing.SpanAttribute;
import dev.powertools.tracing.Tracing;
import java.io.IOException;

/** A batch with a span for itself and one for each record, with no build plugin. */
// region batch
@Logging
@Tracing
public class BaseClassTracedOrders extends SqsBatchHandler<Shop.Order> {

  @Override
  @Tracing
  protected Outcome onRecord(
      @SpanAttribute(value = "order.id", pointer = "/orderId") Shop.Order order,
      RecordContext message)
      throws IOException {
    Shop.current().charge(order.orderId(), order.cents());
    return Outcome.done();
  }
}
// endregion
