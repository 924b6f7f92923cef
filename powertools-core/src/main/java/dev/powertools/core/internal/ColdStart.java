// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.FunctionRuntime;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the next invocation is the environment's first. An environment that was initialised ahead
 * of its first invocation (SnapStart, provisioned concurrency) has no cold start.
 */
final class ColdStart {

  private final AtomicBoolean pending;

  ColdStart(FunctionRuntime runtime) {
    String type = runtime.config().variable("AWS_LAMBDA_INITIALIZATION_TYPE").orElse("");
    pending =
        new AtomicBoolean(!type.equals("snap-start") && !type.equals("provisioned-concurrency"));
  }

  boolean take() {
    return pending.get() && pending.getAndSet(false);
  }
}
