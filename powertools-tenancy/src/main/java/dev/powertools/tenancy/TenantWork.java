// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What the guard of AWS calls has to know about the work of a thread. For the toolkit's own
 * packages only: a function asks {@link Tenants}.
 */
public final class TenantWork {

  private TenantWork() {}

  /** The scope in force on this thread; {@code null} if there is none that is open. */
  public static @Nullable TenantContext scope() {
    LiveInvocation work = Scope.currentInvocation();
    TenantContext scope = work == null ? null : TenantScopes.current(work);
    return scope == null || !scope.isOpen() ? null : scope;
  }

  /** Whose work this thread does as a fact; {@code null} if it does none, or nobody knows yet. */
  public static @Nullable String fact() {
    LiveInvocation work = Scope.currentInvocation();
    return work == null ? null : work.attributes().get(Tenants.TENANT_ID).orElse(null);
  }

  /** Whether isolated work was begun in a runtime: its function is initialised. */
  public static boolean hasBegun(FunctionRuntime runtime) {
    return Isolation.of(runtime).hasBegun();
  }

  /**
   * Fails if the guard's interceptor can not be found by the AWS SDK.
   *
   * @throws dev.powertools.core.ConfigurationException with the fix
   */
  public static void requireNet() {
    NetFile.require(TenantWork.class.getClassLoader());
  }

  /**
   * Tells of a refusal: to the work of this thread, else to that of a scope, else to the runtime.
   *
   * @param near a scope that the refusal is about
   * @param foreign what is not the tenant's, to be hashed
   * @param enforced whether it is thrown; else it is only told
   */
  public static void tell(
      @Nullable TenantContext near,
      TenantDeniedException refusal,
      String source,
      @Nullable String foreign,
      boolean enforced) {
    Denials.tell(work(near), refusal, source, foreign, enforced);
  }

  private static FunctionInvocation work(@Nullable TenantContext near) {
    LiveInvocation current = Scope.currentInvocation();
    if (current != null) {
      return current;
    }
    return near == null ? LiveInvocation.under(FunctionRuntime.current()).open() : near.work();
  }

  /** A failure without its message, which may hold what was refused. */
  public static Throwable silent(Throwable failure) {
    return SilentCause.of(failure);
  }
}
