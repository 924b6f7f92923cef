// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.powertools.batch.BatchOptions;
import dev.powertools.batch.Change;
import dev.powertools.batch.DynamoDbRecordContext;
import dev.powertools.batch.DynamoDbStreamBatch;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.Idempotency;
import dev.powertools.logging.Logs;
import dev.powertools.tracing.Traces;
import java.io.IOException;

/** Orders of a stream, side by side by their keys, with all features on each, in plain code. */
public class PlainCodeTableOrders implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  private final Idempotency charges = Idempotency.of("charge");
  private final DynamoDbStreamBatch<Shop.Order> batch =
      DynamoDbStreamBatch.of(
          Shop.Order.class,
          BatchOptions.builder()
              .maxConcurrency(4)
              .deadLetterQueue("https://sqs.us-east-1.amazonaws.com/000000000000/dead")
              .build(),
          this::charge);

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return Traces.call(
        event,
        context,
        () -> Logs.defaults().call(event, context, () -> batch.handle(event, context)));
  }

  private Outcome charge(Change<Shop.Order> change, DynamoDbRecordContext record)
      throws IOException {
    return Traces.call(
        change.item(),
        null,
        () -> {
          Traces.attribute("order.id", change.item().orderId());
          charges.execute(
              record.id(),
              Shop.Receipt.class,
              () -> Shop.current().charge(change.item().orderId(), change.item().cents()));
          return Outcome.done();
        });
  }
}
