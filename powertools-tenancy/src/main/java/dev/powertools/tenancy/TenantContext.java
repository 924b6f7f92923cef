// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.InvocationClosedException;

/**
 * A verified tenant, for as long as the call lasts that was let through for it: kept for longer, in
 * a static field or by a thread that nobody waits for, it refuses to tell. Thread-safe.
 */
public final class TenantContext {

  private final TenantId id;
  private final FunctionInvocation work;
  private final long thread = Thread.currentThread().getId();
  private volatile boolean open = true;

  TenantContext(TenantId id, FunctionInvocation work) {
    this.id = id;
    this.work = work;
  }

  /**
   * The tenant.
   *
   * @throws InvocationClosedException if its invocation has ended
   * @throws NoTenantException if the isolated call has ended, within an invocation that goes on
   */
  public TenantId id() {
    if (!isOpen()) {
      throw ended();
    }
    return id;
  }

  /** Whether it is still in force. */
  public boolean isOpen() {
    return open && work.isOpen();
  }

  /** The unit of work that it is about. */
  FunctionInvocation work() {
    return work;
  }

  /** Whether the call that it was opened for is one of this thread. */
  boolean isOfThisThread() {
    return thread == Thread.currentThread().getId();
  }

  /** Whether a unit of work is of this tenant. */
  boolean isOf(FunctionInvocation unit) {
    return id.value().equals(unit.attributes().get(Tenants.TENANT_ID).orElse(""));
  }

  private RuntimeException ended() {
    return work.isOpen()
        ? new NoTenantException(
            "The call that was let through for this tenant has returned, and with it ended its"
                + " scope. Ask Tenants.current() within the @TenantIsolated method, and wait there"
                + " for other threads.")
        : new InvocationClosedException(work.requestId());
  }

  void close() {
    open = false;
  }

  /** The id, which no grammar lets do harm in a line of a log. */
  @Override
  public String toString() {
    return id.toString();
  }
}
