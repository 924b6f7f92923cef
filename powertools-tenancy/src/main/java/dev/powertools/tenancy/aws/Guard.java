// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.TenantUnavailableException;
import dev.powertools.tenancy.TenantWork;
import dev.powertools.tenancy.aws.rules.CallRules;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The rules of one set of clients, and what becomes of calls that break them. Thread-safe. */
final class Guard {

  private final CallRules rules;
  private final GuardMode mode;
  private final Approvals approvals = new Approvals();

  Guard(CallRules rules, GuardMode mode) {
    this.rules = rules;
    this.mode = mode;
  }

  CallRules rules() {
    return rules;
  }

  Approvals approvals() {
    return approvals;
  }

  boolean enforces() {
    return mode == GuardMode.ENFORCE;
  }

  /** A check of one call. */
  @FunctionalInterface
  interface Check {
    void run();
  }

  /** Denies a call if the check throws, whatever it throws; in audit mode, tells of it. */
  void require(GuardedCall call, Check check) {
    try {
      check.run();
    } catch (TenantCallDeniedException e) {
      deny(call, e, e.foreign());
    } catch (TenantUnavailableException e) {
      deny(call, e, null);
    } catch (Throwable e) {
      deny(call, failed(call, e), null);
    }
  }

  private static TenantCallDeniedException failed(GuardedCall call, Throwable failure) {
    if (failure instanceof VirtualMachineError end && !(failure instanceof StackOverflowError)) {
      throw end;
    }
    return TenantCallDeniedException.failed(
        call.call().service(),
        call.call().operation(),
        "the rule that was to decide threw "
            + failure.getClass().getName()
            + ", so nobody knows whether the call is the tenant's to make.",
        TenantWork.silent(failure));
  }

  private void deny(GuardedCall call, TenantDeniedException denied, @Nullable String foreign) {
    String source = call.call().service() + "." + call.call().operation();
    TenantWork.tell(call.bound().openScope(), denied, source, foreign, enforces());
    if (enforces()) {
      throw denied;
    }
  }

  /** Requires that what is to be sent says the same as what was checked. */
  void requireSame(GuardedCall call, SdkHttpRequest wire) {
    Marshalled marshalled = call.marshalled();
    String differs = marshalled == null ? "all of it" : marshalled.differs(wire);
    if (differs != null) {
      throw changed(call, differs);
    }
    rules.checkWire(call.call(), wire);
  }

  static TenantCallDeniedException changed(GuardedCall call, String what) {
    return call.denied(
        "wire",
        what
            + " of what was to be sent is not what was made of the request that was checked. An"
            + " interceptor of the client changes it; let it change the request instead, in"
            + " modifyRequest.");
  }
}
