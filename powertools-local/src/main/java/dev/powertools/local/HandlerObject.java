// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The handler of an execution environment, made once under the environment's hook; several loops
 * share it where an environment serves several invocations at once. Thread-safe.
 */
final class HandlerObject {
  private final LoopHook hook;
  private final boolean shared;
  private @Nullable LambdaRequestHandler handler;

  private HandlerObject(LoopHook hook, boolean shared) {
    this.hook = hook;
    this.shared = shared;
  }

  /** For one invocation at a time. */
  static HandlerObject ofOneLoop(InProcessOptions options) {
    return new HandlerObject(options.newHook(), false);
  }

  /** For as many invocations at a time as there are loops. */
  static HandlerObject ofManyLoops(InProcessOptions options) {
    return new HandlerObject(options.newHook(), true);
  }

  LoopHook hook() {
    return hook;
  }

  boolean isShared() {
    return shared;
  }

  /** The handler, made by the first who asks. */
  synchronized LambdaRequestHandler get(Callable<LambdaRequestHandler> maker) throws Exception {
    if (handler == null) {
      handler = hook.aroundInit(maker);
    }
    return handler;
  }

  /** The handler that a loop has made. */
  synchronized LambdaRequestHandler made() {
    return Objects.requireNonNull(handler, "the environment is not ready");
  }
}
