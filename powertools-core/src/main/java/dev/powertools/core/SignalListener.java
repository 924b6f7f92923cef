// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

/**
 * Hears signals. Called on the thread of the work, so it must be quick. Whatever it throws is
 * swallowed, with one warning for each listener class: observability never breaks the function.
 * Thread-safe.
 */
@FunctionalInterface
public interface SignalListener {

  /**
   * Hears one signal.
   *
   * @param signal what happened
   * @param invocation where it happened
   */
  void onSignal(Signal signal, FunctionInvocation invocation);
}
