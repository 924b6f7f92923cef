// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.internal.Scope;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of one invocation inside this JVM, where there is no process to kill.
 *
 * <p>On Lambda nothing of an invocation happens after its deadline: no {@code finally} block, no
 * release of a claim, no line of log. A thread can't be killed, but it can be kept from ever going
 * on. So a thread of an invocation that waits on a {@link VirtualClock}, or reaches a {@linkplain
 * Points point}, is parked for good once the invocation is over its deadline. Those are the places
 * where a handler waits anyway; parking wherever it reads a clock would keep locks held that others
 * need.
 *
 * <p>A thread belongs to an invocation if it is its loop's, or if it took the invocation along
 * ({@code Propagation}, the workers of a batch): then its context is ours. A thread that does a
 * plan of the clock belongs to none while it does, or a simulation would die with the handler in
 * whose sleep it happened to run.
 *
 * <p>Thread-safe.
 */
final class Sandbox {
  private static final ThreadLocal<@Nullable Sandbox> OF_THREAD = new ThreadLocal<>();

  /** Where it stands. */
  private enum State {
    RUNNING,
    ANSWERED,
    DEAD
  }

  private final Instant deadline;
  private volatile State state = State.RUNNING;

  Sandbox(Instant deadline) {
    this.deadline = deadline;
  }

  /** That of an invocation whose death is somebody else's business, such as a process's. */
  static Sandbox withoutEnd() {
    return new Sandbox(Instant.MAX);
  }

  /** The sandbox that this thread works in; none for a thread that was told to stay outside. */
  static @Nullable Sandbox ofThisThread() {
    Sandbox own = OF_THREAD.get();
    if (own == null) {
      own =
          FunctionInvocation.current().flatMap(FunctionInvocation::context).orElse(null)
                  instanceof FunctionContext context
              ? context.sandbox()
              : null;
    }
    return own == null || own.state == State.ANSWERED ? null : own;
  }

  /** Keeps this thread from going on if its invocation is dead. */
  static void stopHereIfDead() {
    Sandbox own = ofThisThread();
    if (own != null) {
      own.stopIfDead();
    }
  }

  /** Does something on this thread that is no work of the invocation that the thread works for. */
  static void outside(Runnable work) {
    Sandbox before = OF_THREAD.get();
    OF_THREAD.remove();
    try (Scope.Attached ignored = Scope.attachNone()) {
      work.run();
    } finally {
      bind(before);
    }
  }

  /** Does the invocation's work on this thread. */
  <T> T run(Callable<T> work) throws Exception {
    Sandbox before = OF_THREAD.get();
    bind(this);
    try {
      return work.call();
    } finally {
      bind(before);
    }
  }

  /** The moment, or the deadline if that is earlier: time goes no further for this invocation. */
  Instant noLaterThanDeadline(Instant moment) {
    return moment.isBefore(deadline) ? moment : deadline;
  }

  /**
   * Kills it, unless it has answered. Its caller may have the platform's answer before it is dead,
   * and waits for the lock in {@link #answered()} then.
   *
   * @param answerInItsPlace gives the platform's answer; false if there was one
   */
  synchronized void kill(BooleanSupplier answerInItsPlace) {
    if (state == State.RUNNING && answerInItsPlace.getAsBoolean()) {
      state = State.DEAD;
      notifyAll();
    }
  }

  /** Lets its threads go on, if it lives: the invocation is over. */
  synchronized void answered() {
    if (state == State.RUNNING) {
      state = State.ANSWERED;
      notifyAll();
    }
  }

  boolean isDead() {
    return state == State.DEAD;
  }

  /** Parks this thread for good if the invocation is dead; an interrupt doesn't wake it either. */
  @SuppressWarnings("InfiniteLoopStatement") // that is what being dead means
  void stopIfDead() {
    while (isDead()) {
      LockSupport.park(this);
      Thread.interrupted(); // else the next park returns at once, and this spins
    }
  }

  /**
   * Waits for the answer if the invocation has ended, so that it is on its way: a thread that was
   * left behind and moves the clock must not have it come after the deadline.
   */
  void awaitAnswerOnItsWay() {
    if (!isOfEndedInvocation()) {
      return;
    }
    boolean interrupted = false;
    synchronized (this) {
      while (state == State.RUNNING) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isOfEndedInvocation() {
    FunctionInvocation root = FunctionInvocation.current().orElse(null);
    while (root != null && root.parent().isPresent()) {
      root = root.parent().get();
    }
    return root != null && !root.isOpen();
  }

  private static void bind(@Nullable Sandbox sandbox) {
    if (sandbox == null) {
      OF_THREAD.remove();
    } else {
      OF_THREAD.set(sandbox);
    }
  }
}
