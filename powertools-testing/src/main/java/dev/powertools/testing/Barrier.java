// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** Holds concurrent deliveries at one point until all are there, or can't come any more. */
final class Barrier {

  /** The point at which every delivery is before its handler runs. */
  static final String START = "start";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final String point;
  private final int deliveries;
  private final Timing timing = Timing.system();
  private final Set<String> seen = new TreeSet<>();
  private int missing;
  private final Set<Thread> coming = new HashSet<>();
  private final Set<Thread> held = new HashSet<>();
  private boolean open;
  private int givenUpWith;

  Barrier(String point, int deliveries) {
    this.point = point;
    this.deliveries = deliveries;
    this.missing = deliveries;
  }

  /** What one delivery does. */
  final class Gate implements Watch {

    private boolean passed;

    @Override
    public void reached(String reached) {
      synchronized (Barrier.this) {
        seen.add(reached);
        if (!passed && reached.equals(point)) {
          passed = true;
          arriveOrLeave();
          held.add(Thread.currentThread());
          await();
        }
      }
    }

    @Override
    public <T> T aroundInvocation(String requestId, Callable<T> invocation) throws Exception {
      synchronized (Barrier.this) {
        coming.add(Thread.currentThread());
      }
      try {
        reached(START);
        return invocation.call();
      } finally {
        synchronized (Barrier.this) {
          coming.remove(Thread.currentThread());
        }
      }
    }

    /** It does not come any more. */
    void ended() {
      synchronized (Barrier.this) {
        if (!passed) {
          passed = true;
          arriveOrLeave();
        }
      }
    }
  }

  private void arriveOrLeave() {
    missing--;
    if (missing == 0) {
      open = true;
      notifyAll();
    }
  }

  private void await() {
    boolean interrupted = false;
    Stillness stillness = new Stillness();
    long since = timing.nanoTime();
    while (!open && givenUpWith == 0) {
      try {
        wait(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      Set<Thread> moving = new HashSet<>(coming);
      moving.removeAll(held);
      boolean late = timing.nanoTime() - since > PATIENCE.toNanos();
      if (!open && givenUpWith == 0 && (late || stillness.seen(moving, held))) {
        givenUpWith = held.size();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Tells whether they have met.
   *
   * @throws AssertionError if they have not
   */
  synchronized void verify() {
    if (held.isEmpty()) {
      throw new AssertionError(
          "No delivery reached \"" + point + "\". The points that were reached are " + seen + ".");
    }
    if (givenUpWith > 0) {
      throw new AssertionError(
          "Of "
              + deliveries
              + " deliveries "
              + givenUpWith
              + " were at \""
              + point
              + "\", and the others neither came nor ended. Do they wait for a lock that is held"
              + " there? Choose a point outside it.");
    }
  }
}
