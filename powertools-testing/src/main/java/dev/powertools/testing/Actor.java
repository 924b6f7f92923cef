// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One delivery of an interleaving, in an environment of its own. It is held before it starts and at
 * each point, until its stage lets it go on. What is here is guarded by the stage's lock.
 */
final class Actor implements Watch {

  /** Unwinds a thread whose delivery has died, once nobody looks any more. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;

    Died(String name, String point) {
      super("delivery " + name + " died at \"" + point + "\"", null, false, false);
    }
  }

  /** A thread that is held. */
  private static final class Held {
    private final String point;
    private boolean over;

    Held(String point) {
      this.point = point;
    }
  }

  private final String name;
  private final Object lock;
  private final Deque<Held> held = new ArrayDeque<>();
  private final Set<Thread> threads = new LinkedHashSet<>();
  private @Nullable Thread loop;
  private @Nullable TestFunction function;
  private @Nullable TestResponse response;
  private @Nullable Throwable failure;
  private @Nullable String diedAt;
  private boolean started;
  private boolean inside;
  private boolean answered;
  private boolean abandoned;

  Actor(String name, Object lock) {
    this.name = name;
    this.lock = lock;
  }

  @Override
  public void reached(String point) {
    synchronized (lock) {
      threads.add(Thread.currentThread());
      Held here = new Held(point);
      held.add(here);
      lock.notifyAll();
      await(here);
      if (abandoned) {
        throw new Died(name, point);
      }
    }
  }

  /** What is held stays so if it is interrupted; the flag is set again when it goes on. */
  private void await(Held here) {
    boolean interrupted = false;
    while (!here.over && !abandoned) {
      try {
        lock.wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public <T> T aroundInvocation(String requestId, Callable<T> invocation) throws Exception {
    synchronized (lock) {
      inside = true;
      loop = Thread.currentThread();
      threads.add(loop);
    }
    try {
      return invocation.call();
    } finally {
      synchronized (lock) {
        inside = false;
        lock.notifyAll();
      }
    }
  }

  /** Has the function invoked, on a thread of its own. */
  void start(TestFunction invoked, Redelivery.Delivery delivery) {
    started = true;
    function = invoked;
    Thread caller = new Thread(() -> invoke(invoked, delivery), "delivery-" + name);
    caller.setDaemon(true);
    caller.start();
  }

  private void invoke(TestFunction invoked, Redelivery.Delivery delivery) {
    TestResponse answer = null;
    Throwable thrown = null;
    try {
      answer = delivery.to(invoked);
    } catch (Throwable t) {
      thrown = t; // told by the explorer, on the test's thread
    }
    synchronized (lock) {
      response = answer;
      failure = thrown;
      answered = true;
      lock.notifyAll();
    }
  }

  /** Lets the thread go on that has been held longest. */
  void goOn() {
    Held next = held.remove();
    next.over = true;
    lock.notifyAll();
  }

  /** Its environment is gone; what it holds stays as it is, and nothing of it runs on. */
  void die() {
    diedAt = held.isEmpty() ? "" : held.element().point;
    if (function != null) {
      function.close();
    }
  }

  /** Nobody looks any more: threads that are held end. */
  void abandon() {
    abandoned = true;
    lock.notifyAll();
  }

  String name() {
    return name;
  }

  boolean hasStarted() {
    return started;
  }

  boolean hasDied() {
    return diedAt != null;
  }

  /** Whether it is held at a point, and not dead. */
  boolean isHeld() {
    return diedAt == null && !held.isEmpty();
  }

  boolean canGo() {
    return !started || isHeld();
  }

  /** Whether it is on its way from one point to the next. */
  boolean isRunning() {
    if (!started || isHeld()) {
      return false;
    }
    return !answered || (inside && diedAt == null);
  }

  /** Where it is, for people. */
  String where() {
    if (!started) {
      return "start";
    }
    if (diedAt != null) {
      return "dead at \"" + diedAt + "\"";
    }
    if (!held.isEmpty()) {
      return held.element().point;
    }
    if (response == null) {
      return failure == null ? "waits for another" : "not invoked: " + failure;
    }
    return response
        .error()
        .map(error -> "failed: " + error.type())
        .orElse("answered " + response.text());
  }

  Set<Thread> threads() {
    return threads;
  }

  @Nullable Thread loop() {
    return loop;
  }

  @Nullable TestResponse response() {
    return response;
  }

  @Nullable Throwable failure() {
    return failure;
  }
}
