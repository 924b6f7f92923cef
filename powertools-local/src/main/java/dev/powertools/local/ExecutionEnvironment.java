// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One execution environment: an exchange, and whatever runs the runtime on its other side. */
final class ExecutionEnvironment implements AutoCloseable {

  /** What runs the runtime client: a process, or a thread of this JVM. */
  interface Host {
    /** Whether it may still ask for work. */
    boolean isAlive();

    /** Ends it at once; nothing of the function runs on if the host can help it. */
    void destroy();

    /** What it does right now, for a message; empty if nobody can tell. */
    default String whereabouts() {
      return "";
    }

    /** How long an answer may take on a real clock where the function's own one stands still. */
    default Duration patience() {
      return Duration.ofSeconds(30);
    }

    /** Takes a line of the platform's log. */
    default void log(String line) {}
  }

  private static final String KILLED = "Runtime exited with error: signal: killed";

  private final FunctionOptions function;
  private final InvocationExchange exchange;
  private final Host host;
  private final Timing timing;
  private final long made;
  private volatile Duration initialisation = Duration.ZERO;
  private volatile boolean used;
  private volatile boolean closed;
  private volatile boolean retired;

  ExecutionEnvironment(
      FunctionOptions function, InvocationExchange exchange, Host host, Timing timing) {
    this.function = function;
    this.exchange = exchange;
    this.host = host;
    this.timing = timing;
    this.made = timing.nanoTime();
  }

  /** Whether it may serve another invocation. */
  boolean isReusable() {
    return !closed && !retired && host.isAlive();
  }

  /** Lets it finish what it does, and serve nothing more. */
  void retire() {
    retired = true;
  }

  /** Waits until the runtime asks for its first work: the initialisation, which is measured. */
  void awaitFirstReady(Duration limit) throws InterruptedException {
    awaitReady(limit);
    initialisation = Duration.ofNanos(timing.nanoTime() - made);
  }

  /** Waits until the runtime asks for work. */
  void awaitReady(Duration limit) throws InterruptedException {
    if (get(exchange.ready().thenApply(done -> Boolean.TRUE), limit) == null) {
      close();
      throw FunctionInitException.because(
          function.handler(), "it did not ask for its first event within " + limit);
    }
  }

  /**
   * Runs one invocation in an environment that is ready; past the deadline the host is destroyed.
   *
   * @throws FunctionInitException if the runtime reports that it never found the handler
   */
  InvocationResult invoke(byte[] event, InvokeOptions options) throws InterruptedException {
    boolean cold = !used;
    used = true;
    long start = timing.nanoTime();
    Instant deadline = timing.now().plus(function.timeout());
    Sandbox sandbox = timing instanceof VirtualClock ? new Sandbox(deadline) : Sandbox.withoutEnd();
    Invocation invocation = new Invocation(options, event, function.arn(), deadline, sandbox);
    Reply reply =
        timing instanceof VirtualClock clock
            ? invokeUnder(clock, invocation)
            : await(exchange.offer(invocation), invocation);
    if (reply.kind() == Reply.Kind.BAD_FUNCTION_CODE) {
      close();
      throw exchange.failure(FunctionError.parse(reply.payload()));
    }
    reply.lastWords().ifPresent(host::log);
    return new InvocationResult(
        invocation,
        reply,
        Duration.ofNanos(timing.nanoTime() - start),
        cold ? initialisation : null);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      host.destroy();
    }
    exchange.end(KILLED, "");
  }

  /** Where time stands still: the deadline is one of the clock's plans, whoever moves it there. */
  private Reply invokeUnder(VirtualClock clock, Invocation invocation) throws InterruptedException {
    VirtualClock.Plan deadline = clock.at(invocation.deadline(), () -> expire(invocation));
    try {
      CompletableFuture<Reply> reply = exchange.offer(invocation);
      Reply inTime = get(reply, host.patience());
      while (inTime == null && Stuck.isUnderDebugger()) {
        inTime = get(reply, host.patience());
      }
      if (inTime == null) {
        throw stuck(clock, invocation);
      }
      return inTime;
    } finally {
      deadline.cancel();
      invocation.sandbox().answered();
    }
  }

  /** No interrupt: it would run the handler's finally blocks, which a kill does not. */
  private void expire(Invocation invocation) {
    Reply late = Reply.timedOut(invocation, function.timeout());
    invocation.sandbox().kill(() -> exchange.answer(invocation.requestId(), late));
    if (invocation.sandbox().isDead()) {
      closed = true;
      exchange.end(KILLED, "");
    }
  }

  private PowertoolsException stuck(VirtualClock clock, Invocation invocation) {
    String message =
        Stuck.message(
            function.handler(), host, Duration.between(clock.now(), invocation.deadline()));
    close();
    return new PowertoolsException(message);
  }

  private Reply await(CompletableFuture<Reply> reply, Invocation invocation)
      throws InterruptedException {
    Reply inTime = get(reply, function.timeout());
    if (inTime != null) {
      return inTime;
    }
    Reply late = Reply.timedOut(invocation, function.timeout());
    exchange.answer(invocation.requestId(), late);
    close();
    return reply.join();
  }

  private static <T> @Nullable T get(CompletableFuture<T> future, Duration limit)
      throws InterruptedException {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FunctionInitException init) {
        throw init;
      }
      throw new PowertoolsException("The execution environment failed", e);
    }
  }
}
