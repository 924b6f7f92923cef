// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function's execution environments: made when needed, reused last in, first out, never more than
 * the function's concurrency.
 *
 * <p>Thread-safe.
 */
final class EnvironmentPool implements AutoCloseable {
  private final Semaphore permits;
  private final Supplier<ExecutionEnvironment> factory;
  private final Duration initTimeout;
  private final Deque<ExecutionEnvironment> idle = new ConcurrentLinkedDeque<>();
  private final Set<ExecutionEnvironment> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  EnvironmentPool(int size, Duration initTimeout, Supplier<ExecutionEnvironment> factory) {
    this.permits = new Semaphore(size, true);
    this.initTimeout = initTimeout;
    this.factory = factory;
  }

  InvocationResult invoke(byte[] event, InvokeOptions options) {
    try {
      permits.acquire();
      try {
        return invokeInTurn(event, options);
      } finally {
        permits.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PowertoolsException("Interrupted while the function ran", e);
    }
  }

  /** Makes an environment ahead of the first invocation, whose cold start it is all the same. */
  void prepare() {
    try {
      permits.acquire();
      try {
        if (idle.isEmpty()) {
          idle.push(cold());
        }
      } finally {
        permits.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PowertoolsException("Interrupted while the function was initialised", e);
    }
  }

  /** Ends all environments; those made later are new ones. */
  void killAll() {
    all.forEach(this::discard);
  }

  /** Makes one more environment ahead of its first invocation, whatever there is. */
  void prepareAnother() {
    try {
      idle.push(cold());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PowertoolsException("Interrupted while the function was initialised", e);
    }
  }

  /** Makes the next invocations start cold; those that run finish in the environments they have. */
  void retireAll() {
    all.forEach(ExecutionEnvironment::retire);
    for (ExecutionEnvironment environment : List.copyOf(idle)) {
      if (!environment.isReusable() && idle.remove(environment)) {
        discard(environment);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    killAll();
  }

  private InvocationResult invokeInTurn(byte[] event, InvokeOptions options)
      throws InterruptedException {
    ExecutionEnvironment environment = warm();
    if (environment == null) {
      environment = cold();
    }
    boolean kept = false;
    try {
      InvocationResult result = environment.invoke(event, options);
      kept = environment.isReusable() && !closed;
      return result;
    } finally {
      if (kept) {
        idle.push(environment);
      } else {
        discard(environment);
      }
    }
  }

  private ExecutionEnvironment cold() throws InterruptedException {
    if (closed) {
      throw new IllegalStateException("The function is closed: invoke it before close()");
    }
    ExecutionEnvironment environment = factory.get();
    all.add(environment);
    try {
      environment.awaitFirstReady(initTimeout);
      return environment;
    } catch (RuntimeException | InterruptedException e) {
      discard(environment);
      throw e;
    }
  }

  /** An idle environment whose runtime asks for work again: a fatal error may have ended it. */
  private @Nullable ExecutionEnvironment warm() throws InterruptedException {
    for (ExecutionEnvironment next = idle.poll(); next != null; next = idle.poll()) {
      try {
        if (next.isReusable()) {
          next.awaitReady(initTimeout);
          return next;
        }
      } catch (FunctionInitException ended) {
        // Not asked for by this caller: the next environment, or a new one, serves it.
      } catch (InterruptedException e) {
        discard(next);
        throw e;
      }
      discard(next);
    }
    return null;
  }

  private void discard(ExecutionEnvironment environment) {
    all.remove(environment);
    idle.remove(environment);
    environment.close();
  }
}
