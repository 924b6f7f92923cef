// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatch;
import dev.powertools.core.Outcome;
import dev.powertools.logging.Logs;
import dev.powertools.tracing.Traces;
import java.io.IOException;

/** A batch with a span for itself and one for each record, in plain code. */
public class PlainCodeTracedOrders implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private final SqsBatch<Shop.Order> batch =
      SqsBatch.of(Shop.Order.class, PlainCodeTracedOrders::charge);

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return Traces.call(
        event,
        context,
        () -> Logs.defaults().call(event, context, () -> batch.handle(event, context)));
  }

  private static Outcome charge(Shop.Order order, RecordContext message) throws IOException {
    return Traces.call(
        order,
        null,
        () -> {
          Traces.attribute("order.id", order.orderId());
          Shop.current().charge(order.orderId(), order.cents());
          return Outcome.done();
        });
  }
}
