// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.ContextCarrier;
import dev.powertools.core.FunctionRuntime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in force on a thread: a runtime, and the unit of work if there is one. Held by a plain
 * {@link ThreadLocal} (1 ns a read), never an inheritable one: a pool's thread would keep the facts
 * of whichever invocation created it. Immutable.
 */
public final class Scope {

  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  private final FunctionRuntime runtime;
  private final @Nullable LiveInvocation invocation;
  private final @Nullable Entered entered;

  private Scope(
      FunctionRuntime runtime, @Nullable LiveInvocation invocation, @Nullable Entered entered) {
    this.runtime = runtime;
    this.invocation = invocation;
    this.entered = entered;
  }

  /** Handlers whose entry method is running, innermost first. */
  private record Entered(Object handler, @Nullable Entered outer) {}

  /** A runtime without a unit of work: what a test, or a function's initialisation, runs under. */
  public static Scope of(FunctionRuntime runtime) {
    return new Scope(runtime, null, null);
  }

  /** A unit of work under its own runtime. */
  public static Scope of(LiveInvocation invocation) {
    return new Scope(invocation.runtime(), invocation, null);
  }

  /** A unit of work inside the entry method of {@code handler}, with nothing around it. */
  public static Scope of(LiveInvocation invocation, Object handler) {
    return new Scope(invocation.runtime(), invocation, new Entered(handler, null));
  }

  /** What is in force on this thread. */
  public static @Nullable Scope current() {
    return CURRENT.get();
  }

  /** The unit of work of this thread. */
  public static @Nullable LiveInvocation currentInvocation() {
    Scope scope = CURRENT.get();
    return scope == null ? null : scope.invocation;
  }

  /** The runtime in force. */
  public FunctionRuntime runtime() {
    return runtime;
  }

  /** The unit of work. */
  public @Nullable LiveInvocation invocation() {
    return invocation;
  }

  /** This scope inside the entry method of {@code handler}. */
  public Scope entering(Object handler) {
    return new Scope(runtime, invocation, new Entered(handler, entered));
  }

  /** Whether the entry method of {@code handler} is running. */
  public boolean hasEntered(Object handler) {
    for (Entered e = entered; e != null; e = e.outer) {
      if (e.handler == handler) {
        return true;
      }
    }
    return false;
  }

  /** Runs {@code call} with this in force, and puts back what was before. */
  public @Nullable Object call(Call call) throws Throwable {
    Scope before = CURRENT.get();
    CURRENT.set(this);
    try {
      return call.run();
    } finally {
      restore(before);
    }
  }

  /**
   * Puts this in force until the result is closed, on the same thread. For a unit of work inside
   * another one, what the other's carriers carry is then put back too, so that what one record left
   * on the thread is not there for the next.
   */
  public Attached attach() {
    Scope before = CURRENT.get();
    CURRENT.set(this);
    List<ContextCarrier> carriers =
        invocation == null || before == null || before.invocation == invocation
            ? List.of()
            : invocation.enclosingCarriers();
    if (carriers.isEmpty()) {
      return () -> restore(before);
    }
    List<ContextCarrier.Captured> captured = new ArrayList<>(carriers.size());
    carriers.forEach(carrier -> captured.add(carrier.capture()));
    return () -> {
      restore(before);
      captured.forEach(ContextCarrier.Captured::attach);
    };
  }

  /** Puts nothing in force until the result is closed, on the same thread. */
  public static Attached attachNone() {
    Scope before = CURRENT.get();
    CURRENT.remove();
    return () -> restore(before);
  }

  private static void restore(@Nullable Scope before) {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }

  /** Puts back what was in force before. */
  @FunctionalInterface
  public interface Attached extends AutoCloseable {

    @Override
    void close();
  }
}
