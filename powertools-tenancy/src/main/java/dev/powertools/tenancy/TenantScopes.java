// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.internal.LiveInvocation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that are open in one unit of work: several if an isolated method calls another, or
 * several threads of one unit of work do. A part of the unit of work, so it goes over thread hops
 * as core takes that, and is gone with it. Thread-safe.
 */
final class TenantScopes {

  private static final TenantContext[] NONE = {};

  private volatile TenantContext[] open = NONE;

  private TenantScopes() {}

  static TenantScopes of(LiveInvocation work) {
    return work.part(TenantScopes.class, w -> new TenantScopes());
  }

  /**
   * The scope in force in a unit of work: the innermost of its own, else that of the enclosing one,
   * if that is for the tenant that this one is of. It may not be: work of the system, or of a
   * record with a tenant of its own, goes on while what is around it gets a tenant.
   */
  static @Nullable TenantContext current(LiveInvocation work) {
    for (FunctionInvocation each = work; each != null; each = each.parent().orElse(null)) {
      TenantContext scope = innermost(of((LiveInvocation) each).open);
      if (scope != null) {
        return each == work || scope.isOf(work) ? scope : null;
      }
    }
    return null;
  }

  /**
   * Of this thread's calls if it made any, since those of other threads may end before its own;
   * else the first, which is likely to last longest.
   */
  private static @Nullable TenantContext innermost(TenantContext[] present) {
    for (int i = present.length - 1; i >= 0; i--) {
      if (present[i].isOfThisThread()) {
        return present[i];
      }
    }
    return present.length == 0 ? null : present[0];
  }

  synchronized TenantContext open(TenantId id, FunctionInvocation work) {
    TenantContext scope = new TenantContext(id, work);
    TenantContext[] more = Arrays.copyOf(open, open.length + 1);
    more[open.length] = scope;
    open = more;
    return scope;
  }

  void close(TenantContext scope) {
    scope.close(); // first, whatever happens then
    remove(scope);
  }

  private synchronized void remove(TenantContext scope) {
    TenantContext[] fewer = new TenantContext[open.length - 1];
    int kept = 0;
    for (TenantContext each : open) {
      if (each != scope) {
        fewer[kept++] = each;
      }
    }
    open = fewer;
  }
}
