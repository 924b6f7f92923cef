// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import org.jspecify.annotations.Nullable;

/** The original body of a woven method, called by the innermost end of its chain. Thread-safe. */
@FunctionalInterface
public interface Body {

  /**
   * Runs the body.
   *
   * @param target the receiver, {@code null} for a static method
   * @param arguments the arguments in order, primitives boxed
   * @return the result, boxed; {@code null} for {@code void}
   * @throws Throwable whatever the body throws, unchanged
   */
  @Nullable Object call(@Nullable Object target, @Nullable Object[] arguments) throws Throwable;
}
