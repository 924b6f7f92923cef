// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LibraryCall;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.TenantWork;
import dev.powertools.tenancy.Tenants;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * The net beneath all clients of AWS: where something is isolated, a client that is bound to no
 * tenant is denied, in a tenant's work and on threads that do no work that is known. It lets pass
 * the work of the system, the toolkit's own I/O, and what is done before the first invocation. A
 * function without isolated work does not notice it.
 *
 * <p>The AWS SDK makes it, for each client there is, as the file of its name on the class path
 * says. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/interceptors.html">Execution
 *     interceptors</a>
 */
public final class TenantNet implements ExecutionInterceptor {

  private static final ExecutionAttribute<Boolean> SEEN =
      new ExecutionAttribute<>("dev.powertools.tenancy.aws.Seen");

  /** As the SDK makes it. */
  public TenantNet() {}

  /** Whether a call came through the net: it is live. */
  static boolean hasSeen(ExecutionAttributes attributes) {
    return attributes.getAttribute(SEEN) != null;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(SEEN, Boolean.TRUE);
    if (attributes.getAttribute(GuardInterceptor.BOUND) == null && !passes()) {
      deny(attributes);
    }
  }

  /**
   * A client may be made of the configuration of one that is bound, and say so, without its guard
   * and its sealed HTTP client. That is nobody's to do, on whichever thread.
   */
  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (attributes.getAttribute(GuardInterceptor.BOUND) != null
        && !GuardInterceptor.isOn(attributes)) {
      Seal.refuse(context.httpRequest(), enforces());
    }
  }

  private static boolean passes() {
    if (LibraryCall.isRunning()) {
      return true;
    }
    FunctionRuntime runtime = FunctionRuntime.current();
    if (!runtime.requiredKeys().contains(Tenants.TENANT_ID)) {
      return true;
    }
    String fact = TenantWork.fact();
    return fact == null
        ? isInitialisation() && !TenantWork.hasBegun(runtime)
        : fact.equals(Tenants.SYSTEM);
  }

  /** Whether the platform has given this thread no work. */
  private static boolean isInitialisation() {
    LiveInvocation work = Scope.currentInvocation();
    return work == null || work.context().isEmpty();
  }

  private static boolean enforces() {
    return GuardMode.of(FunctionRuntime.current().config()) == GuardMode.ENFORCE;
  }

  private static void deny(ExecutionAttributes attributes) {
    String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    boolean enforces = enforces();
    TenantCallDeniedException denied =
        new TenantCallDeniedException(
            service,
            operation,
            "unbound",
            "the client is bound to no tenant. Make it by TenantClients, and ask it for current()"
                + " where it is used. Work that is of no tenant says so by Tenants.asSystem or"
                + " @RunsAsSystem; other threads are handed theirs by Tenants.wrap.",
            null);
    TenantWork.tell(null, denied, service + "." + operation, null, enforces);
    if (enforces) {
      throw denied;
    }
  }
}
