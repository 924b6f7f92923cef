// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.util.function.Supplier;

/**
 * A function that runs on this machine under the production runtime client.
 *
 * <p>Like Lambda it keeps execution environments: each serves one invocation at a time, is reused
 * while it is healthy (a <em>warm</em> start) and replaced after a timeout, an exit or a kill (the
 * next start is <em>cold</em>). Callers beyond {@link FunctionOptions#maxConcurrency()} wait.
 *
 * <p>Thread-safe.
 */
public interface LocalFunction extends AutoCloseable {

  /**
   * Invokes the function with an event's bytes, a fresh request id and no tenant.
   *
   * @throws FunctionInitException if the handler can't be loaded or its environment doesn't start
   */
  default InvocationResult invoke(byte[] event) {
    return invoke(event, InvokeOptions.defaults());
  }

  /**
   * Invokes the function and waits for its response, its error or its deadline. What the function
   * does wrong is in the result, as Lambda reports it.
   *
   * @throws FunctionInitException if the handler can't be loaded or its environment doesn't start
   */
  InvocationResult invoke(byte[] event, InvokeOptions options);

  /** What the function was configured with. */
  FunctionOptions options();

  /**
   * Makes the next invocation a cold start: the execution environments that there are serve no
   * more. Invocations that run finish.
   */
  void cold();

  /** Ends all execution environments; an invocation that still runs gets an exit error. */
  @Override
  void close();

  /** Runs the function in processes of its own, as {@link ForkOptions#defaults()} says. */
  static ForkedFunction fork(FunctionOptions function) {
    return fork(function, ForkOptions.defaults());
  }

  /** Runs the function in processes of its own (Linux only); they start when first needed. */
  static ForkedFunction fork(FunctionOptions function, ForkOptions options) {
    return ForkedFunction.of(function, options);
  }

  /** Runs the function inside this JVM, as {@link InProcessOptions#defaults()} says. */
  static InProcessFunction inProcess(FunctionOptions function) {
    return inProcess(function, InProcessOptions.defaults());
  }

  /** Runs the function inside this JVM, on the production runtime client's own loop. */
  static InProcessFunction inProcess(FunctionOptions function, InProcessOptions options) {
    return InProcessFunction.of(function, options.initTimeout(), () -> options);
  }

  /**
   * Runs the function inside this JVM, each execution environment under options of its own: class
   * loaders of their own, above all, keep the static state of one from the others.
   *
   * @param environments asked once for each environment; the time for initialisation is the default
   */
  static InProcessFunction inProcess(
      FunctionOptions function, Supplier<InProcessOptions> environments) {
    return InProcessFunction.of(function, InProcessOptions.defaults().initTimeout(), environments);
  }
}
