// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

/** One thread of this JVM that runs the runtime client's loop over one handler object. */
final class FunctionLoop implements ExecutionEnvironment.Host {
  private final Thread thread;

  private FunctionLoop(Thread thread) {
    this.thread = thread;
  }

  static ExecutionEnvironment start(FunctionOptions function, InProcessOptions options) {
    InvocationExchange exchange = new InvocationExchange(function.handler());
    HandlerBridge bridge = new HandlerBridge(function, options, exchange);
    Thread thread = new Thread(() -> run(bridge, exchange), "function-" + function.name());
    thread.setDaemon(true);
    thread.setContextClassLoader(options.classLoader());
    thread.start();
    return new ExecutionEnvironment(function, exchange, new FunctionLoop(thread), options.timing());
  }

  @Override
  public boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void destroy() {
    thread.interrupt();
  }

  private static void run(HandlerBridge bridge, InvocationExchange exchange) {
    String detail = "";
    try {
      bridge.run();
    } catch (Throwable fatal) {
      // The top of a thread that stands for a process: what ends it is reported, as an exit is.
      detail = ": " + fatal;
    } finally {
      exchange.end("Runtime exited with error: exit status 1", detail);
    }
  }
}
