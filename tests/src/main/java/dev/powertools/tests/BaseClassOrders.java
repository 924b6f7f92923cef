// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import java.io.IOException;

/** Door 2 for batches: no build plugin. */
@Logging
public class BaseClassOrders extends SqsBatchHandler<Shop.Order> {

  @Override
  @Idempotent(name = "charge", key = "/orderId")
  protected Outcome onRecord(Shop.Order order, RecordContext message) throws IOException {
    Shop.current().charge(order.orderId(), order.cents());
    return Outcome.done();
  }
}
