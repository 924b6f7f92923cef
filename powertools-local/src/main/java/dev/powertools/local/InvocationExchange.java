// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one execution environment's runtime meets the platform: the runtime takes invocations and
 * answers them, the platform offers one at a time and waits. It knows no transport; the Runtime API
 * server and the in-JVM client are its two.
 *
 * <p>The first answer wins: whatever comes from the runtime after a timeout or an exit is ignored.
 *
 * <p>Thread-safe.
 */
final class InvocationExchange {
  /** Lambda's limit for a synchronous response. */
  static final int MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100;

  private final BlockingQueue<Taken> offered = new LinkedBlockingQueue<>();
  private final String handler;
  private final Supplier<String> finding;
  private CompletableFuture<Void> ready = new CompletableFuture<>();
  private @Nullable Pending pending;
  private @Nullable String end;

  InvocationExchange(String handler) {
    this(handler, () -> "");
  }

  /**
   * For a handler that may turn out to be none.
   *
   * @param finding what can be told of a handler that the runtime can't make, cause and fix
   */
  InvocationExchange(String handler, Supplier<String> finding) {
    this.handler = handler;
    this.finding = finding;
  }

  /** Completes when the runtime asks for work; fails if it ends before. */
  synchronized CompletableFuture<Void> ready() {
    return ready;
  }

  /** Hands an invocation to a runtime that is ready. */
  synchronized CompletableFuture<Reply> offer(Invocation invocation) {
    Pending next = new Pending(invocation.requestId(), new CompletableFuture<>());
    if (end != null) {
      next.reply.complete(Reply.exited(next.requestId, end));
      return next.reply;
    }
    pending = next;
    ready = new CompletableFuture<>();
    offered.add(new Taken(invocation));
    return next.reply;
  }

  /**
   * Waits for the next invocation.
   *
   * @return null once the environment has ended
   */
  @Nullable Invocation take() throws InterruptedException {
    synchronized (this) {
      ready.complete(null);
    }
    Taken taken = offered.take();
    if (taken.invocation == null) {
      offered.add(taken);
    }
    return taken.invocation;
  }

  /** Takes a response; false if no such invocation waits for one. */
  boolean succeed(String requestId, byte[] payload) {
    return answer(
        requestId,
        payload.length > MAX_RESPONSE_BYTES
            ? Reply.tooLarge(MAX_RESPONSE_BYTES)
            : Reply.success(payload));
  }

  /** Takes an answer of any kind; false if no such invocation waits for one. */
  synchronized boolean answer(String requestId, Reply reply) {
    if (pending == null || !pending.requestId.equals(requestId)) {
      return false;
    }
    return pending.reply.complete(reply);
  }

  /** Takes the runtime's report that it can't initialise. */
  synchronized void initFailed(FunctionError error) {
    ready.completeExceptionally(failure(error));
  }

  /** What to throw for an error of initialisation that the runtime reports. */
  FunctionInitException failure(FunctionError error) {
    return FunctionInitException.reported(handler, error, finding.get());
  }

  /**
   * Ends the environment: whoever waits gets an answer, the runtime's next ask too.
   *
   * @param how what Lambda calls such an end
   * @param detail what helps if it never became ready, such as its last output
   */
  synchronized void end(String how, String detail) {
    if (end != null) {
      return;
    }
    end = how;
    if (pending != null) {
      pending.reply.complete(Reply.exited(pending.requestId, how));
    }
    ready.completeExceptionally(FunctionInitException.because(handler, how + detail));
    offered.add(new Taken(null));
  }

  private record Pending(String requestId, CompletableFuture<Reply> reply) {}

  private record Taken(@Nullable Invocation invocation) {}
}
