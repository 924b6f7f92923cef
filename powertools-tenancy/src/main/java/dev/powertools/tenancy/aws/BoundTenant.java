// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.TenantContext;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.TenantWork;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tenant that a client is bound to, and the scopes in which it was asked for: while one of them
 * is open, the client works on threads of the SDK, too, which know of no scope. Scopes are held
 * weakly, since whoever keeps one open holds it. Thread-safe.
 */
final class BoundTenant {

  private final TenantId id;
  private List<WeakReference<TenantContext>> asked = List.of();

  BoundTenant(TenantId id) {
    this.id = id;
  }

  TenantId id() {
    return id;
  }

  /** Remembers that the client was asked for in a scope. */
  synchronized void ask(TenantContext scope) {
    List<WeakReference<TenantContext>> open = new ArrayList<>(asked.size() + 1);
    for (WeakReference<TenantContext> each : asked) {
      TenantContext other = each.get();
      if (other == scope) {
        return;
      }
      if (other != null && other.isOpen()) {
        open.add(each);
      }
    }
    open.add(new WeakReference<>(scope));
    asked = open;
  }

  /** A scope in which the client was asked for and that is open; {@code null} if none is. */
  synchronized @Nullable TenantContext openScope() {
    for (WeakReference<TenantContext> each : asked) {
      TenantContext scope = each.get();
      if (scope != null && scope.isOpen()) {
        return scope;
      }
    }
    return null;
  }

  /** Why the client must not be used on this thread now; {@code null} if it may. */
  @Nullable Refusal refusal() {
    TenantContext scope = TenantWork.scope();
    if (scope != null) {
      return scope.id().equals(id) ? null : Refusal.MISMATCH;
    }
    String fact = TenantWork.fact();
    if (fact != null && !fact.equals(id.value())) {
      return Refusal.MISMATCH;
    }
    LiveInvocation work = Scope.currentInvocation();
    return (work == null || work.isOpen()) && openScope() != null ? null : Refusal.CLOSED;
  }

  /** Why a client must not be used. */
  enum Refusal {
    MISMATCH(
        "mismatch",
        "the client is bound to another tenant than the one whose work this is. Ask"
            + " TenantClients.current() where the client is used, and keep no client."),
    CLOSED(
        "closed",
        "the work has ended in which the client was asked for. Ask TenantClients.current() within"
            + " the @TenantIsolated method, and wait there for other threads.");

    private final String rule;
    private final String reason;

    Refusal(String rule, String reason) {
      this.rule = rule;
      this.reason = reason;
    }

    String rule() {
      return rule;
    }

    String reason() {
      return reason;
    }
  }
}
