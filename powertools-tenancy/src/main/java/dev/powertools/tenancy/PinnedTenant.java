// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionInvocation;
import org.jspecify.annotations.Nullable;

/**
 * The tenant of an execution environment of a function with tenant isolation: Lambda never gives
 * one environment to two tenants, so a second one is the platform's fault, or somebody's who stands
 * in for it. From then on nothing runs here. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html">Tenant
 *     isolation mode</a>
 */
final class PinnedTenant {

  private @Nullable String first;
  private boolean broken;

  void require(FunctionInvocation work, String tenant) {
    if (isFault(tenant)) {
      throw Denials.tell(
          work,
          new TenantDeniedException(
              "platform",
              "This execution environment was given work of two tenants, which Lambda's tenant"
                  + " isolation rules out. It refuses all further work; let it be replaced.",
              null),
          "Context.getTenantId()",
          tenant);
    }
  }

  private synchronized boolean isFault(String tenant) {
    if (first == null) {
      first = tenant;
    }
    broken |= !first.equals(tenant);
    return broken;
  }
}
