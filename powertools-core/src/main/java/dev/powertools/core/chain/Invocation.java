// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import dev.powertools.core.FunctionInvocation;
import org.jspecify.annotations.Nullable;

/**
 * One call of one method on its way through the chain, as one link sees it. Immutable: {@link
 * #proceed()} may be called never, once, several times, or on another thread.
 */
public interface Invocation {

  /** The method that is called. */
  JoinPoint joinPoint();

  /** The receiver; {@code null} for static methods and for plain code. */
  @Nullable Object target();

  /** How many arguments the call has. */
  int argumentCount();

  /** The argument at {@code index}, counted from 0; primitives are boxed. */
  @Nullable Object argument(int index);

  /** A copy of all arguments. */
  @Nullable Object[] arguments();

  /** The unit of work in which this call happens. */
  FunctionInvocation function();

  /**
   * Runs the rest of the chain with the same arguments.
   *
   * @return the result of the rest of the chain
   * @throws Throwable whatever it throws
   */
  @Nullable Object proceed() throws Throwable;

  /**
   * Runs the rest of the chain with other arguments.
   *
   * @param arguments as many as {@link #argumentCount()}, of the method's types
   * @return the result of the rest of the chain
   * @throws Throwable whatever it throws
   */
  @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable;
}
