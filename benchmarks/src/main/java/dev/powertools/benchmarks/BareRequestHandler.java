// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/** Nothing in it: what everything is compared with. */
public class BareRequestHandler implements RequestHandler<SQSEvent, String> {

  @Override
  public String handleRequest(SQSEvent event, Context context) {
    return "handled " + event.getRecords().size();
  }
}
