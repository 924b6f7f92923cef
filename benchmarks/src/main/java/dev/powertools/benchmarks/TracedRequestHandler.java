// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.logging.Logging;
import dev.powertools.tracing.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As {@link LoggedRequestHandler}, with {@code @Tracing} and nobody who listens. */
public class TracedRequestHandler implements RequestHandler<SQSEvent, String> {

  private static final Logger LOG = LoggerFactory.getLogger(TracedRequestHandler.class);

  @Override
  @Logging
  @Tracing
  public String handleRequest(SQSEvent event, Context context) {
    LOG.info("Handling {} messages", event.getRecords().size());
    return "handled " + event.getRecords().size();
  }
}
