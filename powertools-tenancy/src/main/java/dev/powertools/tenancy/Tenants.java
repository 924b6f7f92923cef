// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.Propagation;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tenant in force, and how to take it to other threads. There is no default tenant and no way
 * to ask for "the tenant, if any": without one, {@link #current()} throws.
 *
 * <pre>{@code
 * TenantId tenant = Tenants.current().id();
 * CompletableFuture.supplyAsync(Tenants.wrap(() -> audit(item)), pool).join();
 * }</pre>
 */
public final class Tenants {

  /**
   * The id as a fact of the unit of work: in its log lines, on its span, in each key that it makes.
   * It is written once and stays until the unit of work has ended. {@link #SYSTEM} for work that
   * was declared to be of no tenant.
   */
  public static final AttributeKey<String> TENANT_ID =
      AttributeKey.of("tenant_id", String.class).loggable().traceable().keyScoping().writeOnce();

  /** The value of {@link #TENANT_ID} for work of the system; no grammar takes it for a tenant. */
  public static final String SYSTEM = "SYSTEM";

  private Tenants() {}

  /**
   * The tenant for which the code on this thread was let through.
   *
   * @throws NoTenantException if there is none: outside of {@link TenantIsolated} methods, and on
   *     threads to which work was handed without {@link #wrap}
   * @throws dev.powertools.core.InvocationClosedException if its invocation has ended
   */
  public static TenantContext current() {
    LiveInvocation work = Scope.currentInvocation();
    if (work != null) {
      work.requireOpen();
      TenantContext scope = TenantScopes.current(work);
      if (scope != null) {
        return scope;
      }
    }
    throw none(work);
  }

  private static NoTenantException none(@Nullable LiveInvocation work) {
    String thread = Thread.currentThread().getName();
    return new NoTenantException(
        work == null
            ? "No tenant is in force on thread "
                + thread
                + ", which works on no invocation. Hand it its work by Tenants.wrap or"
                + " Tenants.executor, inside a @TenantIsolated method."
            : "No tenant is in force on thread "
                + thread
                + ": invocation "
                + work.requestId()
                + " is outside of any @TenantIsolated method, or runs as the system.");
  }

  /** A task that runs with the tenant and all else that is in force here, now. */
  public static Runnable wrap(Runnable task) {
    return Propagation.wrap(task);
  }

  /** A supplier that runs with the tenant and all else that is in force here, now. */
  public static <T extends @Nullable Object> Supplier<T> wrap(Supplier<T> task) {
    return Propagation.wrapSupplier(task);
  }

  /** A task that runs with the tenant and all else that is in force here, now. */
  public static <T extends @Nullable Object> Callable<T> wrapCallable(Callable<T> task) {
    return Propagation.wrapCallable(task);
  }

  /** An executor that takes along the tenant and all else that is in force where it is called. */
  public static Executor executor(Executor delegate) {
    return Propagation.executor(delegate);
  }

  /**
   * Does work that is of no tenant, on purpose: a migration, a bill for all of them. It is a unit
   * of work of its own whose keys are the system's, {@link #current()} throws in it, and a line of
   * log says that it began and why.
   *
   * @param reason why, for the log, such as {@code nightly-billing}
   * @param work what to do, on this thread
   * @throws TenantSwitchException inside a tenant's work: that does not become the system
   * @throws X what the work throws, unchanged
   */
  public static <T extends @Nullable Object, X extends Exception> T asSystem(
      String reason, Work<T, X> work) throws X {
    return SystemWork.run(reason, work);
  }

  /**
   * Work that may throw.
   *
   * @param <T> the type of its result
   * @param <X> the type of what it throws
   */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object, X extends Exception> {

    /** Does it. */
    T run() throws X;
  }
}
