// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The attempts of calls that the guard has let through and the HTTP client has not yet sent, by the
 * id that the SDK gives each call. An approval is for one attempt: it is gone when that is sent, so
 * there are never more than there are threads about to send. Thread-safe.
 */
final class Approvals {

  private final Map<String, GuardedCall> byId = new ConcurrentHashMap<>();

  /**
   * Approves of one attempt.
   *
   * @return whether it could; not if another call has the same id, which is then made up
   */
  boolean approve(GuardedCall call, SdkHttpRequest wire) {
    String id = wire.firstMatchingHeader(GuardedCall.ID).orElse(null);
    if (id == null) {
      return false;
    }
    call.approved(id);
    GuardedCall other = byId.putIfAbsent(id, call);
    return other == null || other == call;
  }

  /** The call that was approved for what is to be sent, once; {@code null} if there is none. */
  @Nullable GuardedCall take(SdkHttpRequest wire) {
    return byId.remove(wire.firstMatchingHeader(GuardedCall.ID).orElse(""));
  }

  /** Takes an approval back. */
  void end(GuardedCall call) {
    String id = call.id();
    if (id != null) {
      byId.remove(id, call);
    }
  }

  int size() {
    return byId.size();
  }
}
