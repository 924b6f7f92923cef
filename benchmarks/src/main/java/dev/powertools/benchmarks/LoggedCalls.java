// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.logging.Logging;
import org.jspecify.annotations.Nullable;

/** A handler that logs nothing. */
public class LoggedCalls implements RequestHandler<String, String> {

  /** For the benchmark. */
  public LoggedCalls() {}

  /** Not woven. */
  public String plain(String event) {
    return event;
  }

  @Override
  @Logging
  public String handleRequest(String event, @Nullable Context context) {
    return event;
  }
}
