// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.internal.LiveInvocation;
import org.jspecify.annotations.Nullable;

/** The link: decides, opens the tenant's scope, lets the call through, and closes the scope. */
final class TenantLink implements Interceptor {

  private final TenantDecision decision;

  TenantLink(TenantDecision decision) {
    this.decision = decision;
  }

  @Override
  public @Nullable Object intercept(Invocation invocation) throws Throwable {
    FunctionInvocation work = invocation.function();
    TenantScopes scopes = TenantScopes.of((LiveInvocation) work);
    TenantContext scope = open(scopes, work, decision.decide(work));
    try {
      return invocation.proceed();
    } finally {
      scopes.close(scope);
    }
  }

  /** Two threads of one unit of work may have decided at once: the fact is written once. */
  private static TenantContext open(TenantScopes scopes, FunctionInvocation work, TenantId tenant) {
    try {
      work.attributes().put(Tenants.TENANT_ID, tenant.value());
    } catch (IllegalStateException e) {
      String present = work.attributes().get(Tenants.TENANT_ID).orElse("");
      throw Denials.tell(
          work, new TenantSwitchException(present), "@TenantIsolated", tenant.value());
    }
    return scopes.open(tenant, work);
  }
}
