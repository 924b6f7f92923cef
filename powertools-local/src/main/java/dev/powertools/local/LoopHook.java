// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.util.concurrent.Callable;

/**
 * Runs around what an in-process function does, on the very thread that does it: the place to bind
 * what is scoped to a thread, and to unbind it.
 *
 * <p>Each method calls its argument exactly once, returns its value and lets its exceptions pass.
 * Environments run concurrently, so an implementation is thread-safe.
 */
public interface LoopHook {

  /** Around the handler object's construction. */
  default <T> T aroundInit(Callable<T> init) throws Exception {
    return init.call();
  }

  /** Around one invocation: deserialisation, handler, serialisation. */
  default <T> T aroundInvocation(String requestId, Callable<T> invocation) throws Exception {
    return invocation.call();
  }

  /** Does nothing. */
  static LoopHook none() {
    return new LoopHook() {};
  }
}
