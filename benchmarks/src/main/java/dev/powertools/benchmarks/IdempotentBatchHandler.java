// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.Logging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The typed batch, of which one record has work that is done once for its key. */
@Logging
public class IdempotentBatchHandler extends SqsBatchHandler<IdempotentBatchHandler.Order> {

  private static final Logger LOG = LoggerFactory.getLogger(IdempotentBatchHandler.class);
  private static final long CHARGED = 100;

  /** An order. */
  public record Order(String orderId, long cents, String customer) {}

  /** What a charge gives. */
  public record Receipt(String orderId, long cents) {}

  @Override
  protected Outcome onRecord(Order order, RecordContext message) {
    if (order.cents() == CHARGED) {
      charge(order);
    }
    LOG.info("Order {} of {} cents", order.orderId(), order.cents());
    return Outcome.done();
  }

  @Idempotent(name = "charge", key = "/orderId")
  Receipt charge(Order order) {
    return new Receipt(order.orderId(), order.cents());
  }
}
