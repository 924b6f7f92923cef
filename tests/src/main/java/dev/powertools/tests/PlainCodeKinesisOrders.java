// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.powertools.batch.BatchOptions;
import dev.powertools.batch.KinesisBatch;
import dev.powertools.batch.KinesisRecordContext;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.Idempotency;
import dev.powertools.logging.Logs;
import dev.powertools.tracing.Traces;
import java.io.IOException;

/** Orders of a stream, side by side by their keys, with all features on each, in plain code. */
public class PlainCodeKinesisOrders implements RequestHandler<KinesisEvent, StreamsEventResponse> {

  private final Idempotency charges = Idempotency.of("charge");
  private final KinesisBatch<Shop.Order> batch =
      KinesisBatch.of(
          Shop.Order.class,
          BatchOptions.builder()
              .maxConcurrency(4)
              .deadLetterQueue("https://sqs.us-east-1.amazonaws.com/000000000000/dead")
              .build(),
          this::charge);

  @Override
  public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
    return Traces.call(
        event,
        context,
        () -> Logs.defaults().call(event, context, () -> batch.handle(event, context)));
  }

  private Outcome charge(Shop.Order order, KinesisRecordContext record) throws IOException {
    return Traces.call(
        order,
        null,
        () -> {
          Traces.attribute("order.id", order.orderId());
          charges.execute(
              record.id(),
              Shop.Receipt.class,
              () -> Shop.current().charge(order.orderId(), order.cents()));
          return Outcome.done();
        });
  }
}
