// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import java.time.Duration;
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
  }

  private final FunctionOptions function;
  private final InvocationExchange exchange;
  private final Host host;
  private final Timing timing;
  private volatile boolean used;

  ExecutionEnvironment(
      FunctionOptions function, InvocationExchange exchange, Host host, Timing timing) {
    this.function = function;
    this.exchange = exchange;
    this.host = host;
    this.timing = timing;
  }

  boolean isAlive() {
    return host.isAlive();
  }

  /** Waits until the runtime asks for work. */
  void awaitReady(Duration limit) throws InterruptedException {
    await(exchange.ready(), limit, "it did not ask for its first event within " + limit);
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
    Invocation invocation =
        new Invocation(options, event, function.arn(), timing.now().plus(function.timeout()));
    Reply reply = await(exchange.offer(invocation), invocation);
    if (reply.kind() == Reply.Kind.BAD_FUNCTION_CODE) {
      close();
      throw FunctionInitException.reported(
          function.handler(), FunctionError.parse(reply.payload()));
    }
    return new InvocationResult(
        invocation, reply, Duration.ofNanos(timing.nanoTime() - start), cold);
  }

  @Override
  public void close() {
    host.destroy();
    exchange.end("Runtime exited with error: signal: killed", "");
  }

  private Reply await(CompletableFuture<Reply> reply, Invocation invocation)
      throws InterruptedException {
    Reply inTime = get(reply, function.timeout());
    if (inTime != null) {
      return inTime;
    }
    Reply late = Reply.timedOut(invocation.requestId(), function.timeout());
    exchange.answer(invocation.requestId(), late);
    close();
    return reply.join();
  }

  private void await(CompletableFuture<Void> ready, Duration limit, String late)
      throws InterruptedException {
    if (get(ready.thenApply(done -> Boolean.TRUE), limit) == null) {
      close();
      throw FunctionInitException.because(function.handler(), late);
    }
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
