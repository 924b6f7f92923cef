// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.logging.Logging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reference function 1: {@code @Logging} on a woven {@link RequestHandler}, one line a call. */
public class LoggedRequestHandler implements RequestHandler<SQSEvent, String> {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedRequestHandler.class);

  @Override
  @Logging
  public String handleRequest(SQSEvent event, Context context) {
    LOG.info("Handling {} messages", event.getRecords().size());
    return "handled " + event.getRecords().size();
  }
}
