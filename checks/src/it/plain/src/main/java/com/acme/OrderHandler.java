// SPDX-License-Identifier: Apache-2.0
package com.acme;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionInvocation;

@Audited
public class OrderHandler implements RequestHandler<String, String> {

  @Override
  public String handleRequest(String order, Context context) {
    return FunctionInvocation.current().isPresent() + new Orders().charge(order);
  }
}
