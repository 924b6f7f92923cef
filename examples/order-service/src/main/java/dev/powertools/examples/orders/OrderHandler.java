// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The function: charges each order once, and parks what can never be charged. */
// region handler
@Logging
@DeadLetter(queue = "${ORDERS_DLQ_URL}")
@PowertoolsConfig(OrdersRuntime.class)
public class OrderHandler extends SqsBatchHandler<OrderPlaced> {

  private static final Logger LOG = LoggerFactory.getLogger(OrderHandler.class);

  private final Payments payments = Payments.current();

  @Override
  @Idempotent(name = "charge", key = "/orderId", expiry = "24h")
  protected Outcome onRecord(OrderPlaced order, RecordContext message) throws IOException {
    LOG.info("Order {} came in", order.orderId());
    if (order.cents() <= 0) {
      throw new InvalidOrder(order.orderId()); // @Permanent: to the dead letters, at once
    }
    payments.charge(order, message); // PaymentsBusy is @Transient: delivered again
    return Outcome.done();
  }
}
// endregion
