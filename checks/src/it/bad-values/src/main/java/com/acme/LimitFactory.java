// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.chain.JoinPoint;

public class LimitFactory implements InterceptorFactory<Limited> {

  @Override
  public Interceptor create(Limited limited, JoinPoint joinPoint, FunctionRuntime runtime) {
    return Invocation::proceed;
  }
}
