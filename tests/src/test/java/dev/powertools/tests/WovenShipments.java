// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.batch.DeadLetter;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.Outcome;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.CorrelationId;
import dev.powertools.logging.Logging;
import dev.powertools.retry.Jitter;
import dev.powertools.retry.Retry;
import dev.powertools.tracing.SpanAttribute;
import dev.powertools.tracing.Tracing;
import java.io.IOException;

/** Every feature on the record method but tenants, woven. */
@Logging
@Tracing
@DeadLetter(frames = 3)
public class WovenShipments extends SqsBatchHandler<Shipments.Order> {

  @Override
  @Logging(correlationId = CorrelationId.SQS_RECORD)
  @Tracing
  @Idempotent(name = "ship", key = "/orderId", expiry = "24h")
  @Retry(attempts = 3, base = "1s", jitter = Jitter.NONE)
  protected Outcome onRecord(
      @SpanAttribute(value = "order.id", pointer = "/orderId") Shipments.Order order,
      RecordContext message)
      throws IOException {
    return Shipments.current().ship(order);
  }
}
