// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.logging.Logging;

/** The function of the test whose start is measured. */
@Logging
public class WordCount implements RequestHandler<String, Integer> {

  @Override
  public Integer handleRequest(String text, Context context) {
    return text.split(" ", -1).length;
  }
}
