// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import org.jspecify.annotations.Nullable;

/**
 * One link of the chain. Implementations are thread-safe: one object serves all calls of a method,
 * also concurrent ones.
 */
@FunctionalInterface
public interface Interceptor {

  /**
   * Does its work around the rest of the chain. Calls {@link Invocation#proceed()} once to let the
   * call through, never to refuse it, or several times to repeat it.
   *
   * @param invocation the call
   * @return the result of the method as its caller shall see it
   * @throws Throwable the user's exception unchanged, or the link's own refusal
   */
  @Nullable Object intercept(Invocation invocation) throws Throwable;
}
