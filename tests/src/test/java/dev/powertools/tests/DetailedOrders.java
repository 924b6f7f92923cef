// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.logging.Logging;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the page on logging shows of details. */
public class DetailedOrders implements RequestHandler<String, String> {

  private static final Logger LOG = LoggerFactory.getLogger(DetailedOrders.class);

  // region handler
  @Override
  @Logging(bufferLevel = "DEBUG", slowerThan = "2s", deadlineMargin = "500ms")
  public String handleRequest(String order, Context context) {
    LOG.debug("looked up {}", order); // written if the call fails, is slow, or about to time out
    LOG.info("asked for {}", order); // written anyway
    return supply(order);
  }

  // endregion

  static String supply(String order) {
    switch (order) {
      case "unknown" -> throw new IllegalStateException("no such order");
      case "dear" -> LOG.error("too dear");
      case "slow" -> take(Duration.ofSeconds(3));
      case "stuck" -> take(Duration.ofHours(1));
      default -> LOG.debug("found {}", order);
    }
    return order;
  }

  private static void take(Duration time) {
    try {
      FunctionRuntime.current().timing().sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
