// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One thread of this JVM that runs the runtime client's loop over one handler object. */
final class FunctionLoop implements ExecutionEnvironment.Host {
  private static final int FRAMES = 12;

  private final Thread thread;
  private final Duration patience;
  private final Consumer<String> output;

  private FunctionLoop(Thread thread, InProcessOptions options) {
    this.thread = thread;
    this.patience = options.patience();
    this.output = options.output();
  }

  static ExecutionEnvironment start(
      FunctionOptions function, InProcessOptions options, HandlerObject object) {
    HandlerCheck check = new HandlerCheck(function.handler(), options.classLoader());
    InvocationExchange exchange =
        options.instance() == null
            ? new InvocationExchange(function.handler(), check::finding)
            : new InvocationExchange(function.handler());
    HandlerBridge bridge = new HandlerBridge(function, options, exchange, object);
    Thread thread = new Thread(() -> run(bridge, exchange), "function-" + function.name());
    thread.setDaemon(true);
    thread.setContextClassLoader(options.classLoader());
    thread.start();
    FunctionLoop host = new FunctionLoop(thread, options);
    return new ExecutionEnvironment(function, exchange, host, options.timing());
  }

  @Override
  public boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void destroy() {
    thread.interrupt();
  }

  @Override
  public String whereabouts() {
    return Stream.of(thread.getStackTrace())
        .limit(FRAMES)
        .map(frame -> "\n\tat " + frame)
        .collect(Collectors.joining());
  }

  @Override
  public Duration patience() {
    return patience;
  }

  @Override
  public void log(String line) {
    output.accept(line);
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
