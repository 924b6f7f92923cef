// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.logging.Logging;
import dev.powertools.tracing.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As {@link TracedRequestHandler}, with an SDK that exports by OTLP. */
@PowertoolsConfig(OtlpSdk.class)
public class SdkTracedRequestHandler implements RequestHandler<SQSEvent, String> {

  private static final Logger LOG = LoggerFactory.getLogger(SdkTracedRequestHandler.class);

  @Override
  @Logging
  @Tracing
  public String handleRequest(SQSEvent event, Context context) {
    LOG.info("Handling {} messages", event.getRecords().size());
    return "handled " + event.getRecords().size();
  }
}
