// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatch;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.Idempotency;
import dev.powertools.logging.Logs;
import java.io.IOException;

/** Door 3 for batches: plain code that keeps the platform's own event types. */
public class PlainCodeOrders implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private static final Idempotency ONCE = Idempotency.of("charge");

  private final SqsBatch<Shop.Order> batch = SqsBatch.of(Shop.Order.class, PlainCodeOrders::charge);

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return Logs.defaults().call(event, context, () -> batch.handle(event, context));
  }

  private static Outcome charge(Shop.Order order, RecordContext message) throws IOException {
    ONCE.execute(order.orderId(), () -> Shop.current().charge(order.orderId(), order.cents()));
    return Outcome.done();
  }
}
