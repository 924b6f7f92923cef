// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

/**
 * A function inside this JVM, on the production runtime client's own loop: its handler discovery,
 * serialisation and error JSON, without a process, a port or native code.
 *
 * <p>What only a process gives is missing: environment variables are this JVM's; a handler that
 * calls {@code System.exit} ends this JVM; one that runs past its deadline is interrupted and
 * abandoned, not killed, so it may go on in the background.
 *
 * <p>Thread-safe.
 */
final class InProcessFunction implements LocalFunction {
  private final FunctionOptions function;
  private final EnvironmentPool pool;

  private InProcessFunction(FunctionOptions function, EnvironmentPool pool) {
    this.function = function;
    this.pool = pool;
  }

  static InProcessFunction of(FunctionOptions function, InProcessOptions options) {
    EnvironmentPool pool =
        new EnvironmentPool(
            function.maxConcurrency(),
            options.initTimeout(),
            () -> FunctionLoop.start(function, options));
    return new InProcessFunction(function, pool);
  }

  @Override
  public InvocationResult invoke(byte[] event, InvokeOptions options) {
    return pool.invoke(event, options);
  }

  @Override
  public FunctionOptions options() {
    return function;
  }

  @Override
  public void close() {
    pool.close();
  }
}
