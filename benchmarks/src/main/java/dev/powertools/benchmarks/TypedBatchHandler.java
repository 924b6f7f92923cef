// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.logging.Logging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reference function 2: a typed batch with {@code @Logging}, one line a record. */
@Logging
public class TypedBatchHandler extends SqsBatchHandler<TypedBatchHandler.Order> {

  private static final Logger LOG = LoggerFactory.getLogger(TypedBatchHandler.class);

  /** An order. */
  public record Order(String orderId, long cents, String customer) {}

  @Override
  protected Outcome onRecord(Order order, RecordContext message) {
    LOG.info("Order {} of {} cents", order.orderId(), order.cents());
    return Outcome.done();
  }
}
