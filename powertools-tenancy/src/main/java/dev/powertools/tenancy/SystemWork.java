// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.internal.Sneaky;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Work of no tenant, which says so. */
final class SystemWork {

  private SystemWork() {}

  /** Does work in a unit of its own, inside the current one if there is one. */
  @SuppressWarnings({"unchecked", "NullAway"}) // what the work returned
  static <T extends @Nullable Object, X extends Exception> T run(
      String reason, Tenants.Work<T, X> work) throws X {
    LiveInvocation current = Scope.currentInvocation();
    if (current != null) {
      current.requireOpen();
      refuseTenants(current);
    }
    LiveInvocation.Builder unit =
        current == null
            ? LiveInvocation.under(FunctionRuntime.current())
            : current.child().workId(current.workId()).event(current.event());
    LiveInvocation system = unit.fact(Tenants.TENANT_ID, Tenants.SYSTEM).open();
    try {
      return (T)
          Entry.run(
              system,
              Scope.of(system),
              () -> {
                tell(reason);
                return work.run();
              });
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
  }

  /** Refuses to make a tenant's work the system's. */
  static void refuseTenants(FunctionInvocation work) {
    String tenant = work.attributes().get(Tenants.TENANT_ID).orElse(Tenants.SYSTEM);
    if (!tenant.equals(Tenants.SYSTEM)) {
      throw Denials.tell(work, new TenantSwitchException(tenant), "asSystem", null);
    }
  }

  /** The audit. */
  static void tell(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("Work of the system needs a reason, for the log");
    }
    LoggerFactory.getLogger("dev.powertools.tenancy")
        .atInfo()
        .addKeyValue("reason", reason)
        .log("tenant_system");
  }
}
