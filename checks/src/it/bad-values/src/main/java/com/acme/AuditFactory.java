// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

public class AuditFactory implements InterceptorFactory<Audited> {

  public static final List<String> TRAIL = new CopyOnWriteArrayList<>();

  @Override
  public Interceptor create(Audited audited, JoinPoint joinPoint, FunctionRuntime runtime) {
    return invocation -> {
      TRAIL.add(joinPoint.name() + Arrays.toString(invocation.arguments()));
      return invocation.proceed();
    };
  }
}
