// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;

/** Makes the link of {@link RunsAsSystem}. */
final class RunsAsSystemFactory implements InterceptorFactory<RunsAsSystem> {

  @Override
  public Interceptor create(RunsAsSystem annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    String reason = annotation.reason();
    Isolation isolation = Isolation.of(runtime);
    runtime.requireKey(Tenants.TENANT_ID);
    return invocation -> {
      isolation.begin();
      SystemWork.refuseTenants(invocation.function());
      SystemWork.tell(reason);
      invocation.function().attributes().put(Tenants.TENANT_ID, Tenants.SYSTEM);
      return invocation.proceed();
    };
  }
}
