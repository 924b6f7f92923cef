// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.KinesisBatchHandler;
import dev.powertools.batch.KinesisRecordContext;
import dev.powertools.batch.Parallel;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.CorrelationId;
import dev.powertools.logging.Logging;
import dev.powertools.tracing.SpanAttribute;
import dev.powertools.tracing.Tracing;
import java.io.IOException;

/** Orders of a stream, side by side by their keys, with all features on each. */
@Logging
@Tracing
@Parallel(max = 4)
@DeadLetter(queue = "https://sqs.us-east-1.amazonaws.com/000000000000/dead")
public class BaseClassKinesisOrders extends KinesisBatchHandler<Shop.Order> {

  @Override
  @Logging(correlationId = CorrelationId.STREAM_RECORD)
  @Tracing
  @Idempotent(name = "charge")
  protected Outcome onRecord(
      @SpanAttribute(value = "order.id", pointer = "/orderId") Shop.Order order,
      KinesisRecordContext record)
      throws IOException {
    Shop.current().charge(order.orderId(), order.cents());
    return Outcome.done();
  }
}
