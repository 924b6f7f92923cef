// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.Timing;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process of a function, with the Runtime API server that it talks to. */
final class FunctionProcess implements ExecutionEnvironment.Host {
  private static final int TAIL_LINES = 20;

  private final Process process;
  private final RuntimeApiServer server;
  private final Deque<String> tail = new ArrayDeque<>();
  private final Thread atShutdown = new Thread(this::kill, "function-shutdown");

  private FunctionProcess(Process process, RuntimeApiServer server) {
    this.process = process;
    this.server = server;
  }

  static ExecutionEnvironment start(
      FunctionCommand command, Timing timing, @Nullable PointGate points) {
    String handler = command.function().handler();
    if (handler.contains("::")) {
      RuntimeClientFiles.look(command.classPath(), loader -> refuseChance(handler, loader));
    }
    InvocationExchange exchange =
        new InvocationExchange(
            handler,
            () ->
                RuntimeClientFiles.look(
                    command.classPath(), loader -> new HandlerCheck(handler, loader).finding()));
    RuntimeApiServer server = RuntimeApiServer.start(exchange, command.options().port());
    String logStream = command.function().newLogStream(timing.now());
    try {
      ProcessBuilder builder = command.builder(server.address(), logStream);
      if (points != null) {
        builder.environment().put(RemotePoints.VARIABLE, points.port());
      }
      Process process = builder.start();
      FunctionProcess host = new FunctionProcess(process, server);
      if (points != null) {
        points.watch(process.pid(), host);
      }
      host.killAtShutdown();
      Thread pump = daemon("output", process, () -> host.copy(command.options().output()));
      daemon("exit", process, () -> host.awaitEnd(exchange, pump));
      return new ExecutionEnvironment(command.function(), exchange, host, timing);
    } catch (IOException e) {
      server.close();
      throw FunctionInitException.because(handler, "its process doesn't start", e);
    }
  }

  private static String refuseChance(String handler, ClassLoader loader) {
    new HandlerCheck(handler, loader)
        .ambiguity()
        .ifPresent(
            chance -> {
              throw FunctionInitException.because(handler, chance);
            });
    return handler;
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void destroy() {
    kill();
    server.close();
    forgetShutdown();
  }

  /** Ends the process and those that it started, which would live on without it. */
  private void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /** Kills it, and returns when it is gone. */
  void killAndWait() {
    kill();
    process.onExit().join();
  }

  private void killAtShutdown() {
    try {
      Runtime.getRuntime().addShutdownHook(atShutdown);
    } catch (IllegalStateException shuttingDown) {
      destroy();
      throw shuttingDown;
    }
  }

  private void forgetShutdown() {
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs, or has run.
    }
  }

  private static Thread daemon(String what, Process process, Runnable task) {
    Thread thread = new Thread(task, "function-" + what + "-" + process.pid());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void copy(Consumer<String> output) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        remember(line);
        output.accept(line);
      }
    } catch (IOException ended) {
      // The process was destroyed while we read: its output ends here.
    }
  }

  private void remember(String line) {
    synchronized (tail) {
      if (tail.size() == TAIL_LINES) {
        tail.removeFirst();
      }
      tail.addLast(line);
    }
  }

  private String lastWords() {
    synchronized (tail) {
      return tail.isEmpty() ? "" : "; its last output was:\n" + String.join("\n", tail);
    }
  }

  private void awaitEnd(InvocationExchange exchange, Thread pump) {
    try {
      int status = process.waitFor();
      pump.join(1000); // its last words; a child of its own may hold the stream open longer
      exchange.end(exit(status), lastWords());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.close();
      forgetShutdown();
    }
  }

  /** Lambda's words for an exit; a signal's number is what a shell reports, 128 + n. */
  static String exit(int status) {
    if (status == 0) {
      return "Runtime exited without providing a reason";
    }
    return "Runtime exited with error: "
        + switch (status) {
          case 137 -> "signal: killed";
          case 143 -> "signal: terminated";
          case 134 -> "signal: aborted";
          case 139 -> "signal: segmentation fault";
          default -> "exit status " + status;
        };
  }
}
