// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.logging.Logging;
import dev.powertools.tracing.Traces;
import dev.powertools.tracing.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A function that says nothing of any SDK: the agent that is deployed beside it has one. */
public class AgentGreeting implements RequestHandler<String, String> {

  private static final Logger LOG = LoggerFactory.getLogger(AgentGreeting.class);

  @Override
  @Logging
  @Tracing
  public String handleRequest(String name, Context context) {
    LOG.info("greeting");
    return Traces.span("greet", () -> "Hello " + name);
  }
}
