// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.logging.Logging;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As {@link LoggedRequestHandler}, with a span and its flush written by hand. */
public class HandTracedRequestHandler implements RequestHandler<SQSEvent, String> {

  private static final Logger LOG = LoggerFactory.getLogger(HandTracedRequestHandler.class);

  private final OpenTelemetrySdk sdk = OtlpSdk.make();
  private final Tracer tracer = sdk.getTracer("by hand");

  @Override
  @Logging
  public String handleRequest(SQSEvent event, Context context) {
    Span span =
        tracer
            .spanBuilder("process orders")
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("faas.invocation_id", context.getAwsRequestId())
            .setAttribute("messaging.system", "aws_sqs")
            .setAttribute("messaging.batch.message_count", event.getRecords().size())
            .startSpan();
    try (Scope ignored = span.makeCurrent()) {
      LOG.info("Handling {} messages", event.getRecords().size());
      return "handled " + event.getRecords().size();
    } finally {
      span.end();
      sdk.getSdkTracerProvider().forceFlush().join(500, TimeUnit.MILLISECONDS);
    }
  }
}
