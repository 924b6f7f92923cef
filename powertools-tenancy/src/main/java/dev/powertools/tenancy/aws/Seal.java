// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.tenancy.TenantWork;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What sealed HTTP clients ask before they send: whether the guard has approved of this attempt,
 * and whether it still is what the guard approved of. Thread-safe.
 */
final class Seal {

  private final Guard guard;

  Seal(Guard guard) {
    this.guard = guard;
  }

  /**
   * Requires an approval.
   *
   * @return the body that was checked and is to be sent; {@code null} for whatever there is
   * @throws SecurityException if there is none
   */
  byte @Nullable [] approved(SdkHttpRequest wire) {
    GuardedCall call = guard.approvals().take(wire);
    if (call == null) {
      refuse(wire, guard.enforces());
      return null;
    }
    guard.require(call, () -> guard.requireSame(call, wire));
    Marshalled marshalled = call.marshalled();
    return marshalled == null || !guard.enforces() ? null : marshalled.body();
  }

  /** Refuses what no guard has approved of. */
  static void refuse(SdkHttpRequest wire, boolean enforces) {
    String what = wire.method() + " to " + wire.host();
    String reason =
        "A client that is bound to a tenant was about to send "
            + what
            + ", which its guard has not approved of. A plugin of the request took the guard away,"
            + " or something else uses the HTTP client. Remove the plugin, and use the client that"
            + " TenantClients.current() gives.";
    TenantWork.tell(
        null,
        new TenantCallDeniedException("HTTP", what, "seal", reason, null),
        "HTTP",
        null,
        enforces);
    if (enforces) {
      throw new SecurityException(reason);
    }
  }
}
