// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.batch.Change;
import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.DynamoDbRecordContext;
import dev.powertools.batch.DynamoDbStreamBatchHandler;
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
public class WovenTableOrders extends DynamoDbStreamBatchHandler<Shop.Order> {

  @Override
  @Logging(correlationId = CorrelationId.STREAM_RECORD)
  @Tracing
  @Idempotent(name = "charge")
  protected Outcome onRecord(
      @SpanAttribute(value = "order.id", pointer = "/after/orderId") Change<Shop.Order> change,
      DynamoDbRecordContext record)
      throws IOException {
    Shop.Order charged = change.item();
    Shop.current().charge(charged.orderId(), charged.cents());
    return Outcome.done();
  }
}
