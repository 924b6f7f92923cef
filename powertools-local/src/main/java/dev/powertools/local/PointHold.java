// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A forked function that is to be held when it reaches a point: it stands there until it is
 * released or killed, and does nothing in between. Made by {@link ForkedFunction#holdAt}.
 * Thread-safe.
 */
public final class PointHold {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private enum Fate {
    GO_ON,
    DIE
  }

  private final String point;
  private final PointGate gate;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CompletableFuture<Fate> fate = new CompletableFuture<>();
  private final CountDownLatch dead = new CountDownLatch(1);
  private int passesLeft;

  PointHold(String point, int occurrence, PointGate gate) {
    this.point = point;
    this.gate = gate;
    this.passesLeft = occurrence - 1;
  }

  /**
   * Waits until the function stands at the point.
   *
   * @return this
   * @throws PowertoolsException if it does not come there within 30 s, naming the points it reached
   */
  public PointHold await() throws InterruptedException {
    await(
        reached, "The point '" + point + "' was not reached within " + PATIENCE.toSeconds() + " s");
    return this;
  }

  /** Whether the function has come to the point. */
  public boolean isReached() {
    return reached.getCount() == 0;
  }

  /** Lets it go on, or pass the point when it comes there. */
  public void release() {
    fate.complete(Fate.GO_ON);
  }

  /**
   * Kills its process with SIGKILL where it stands, and returns when it is gone.
   *
   * @throws PowertoolsException if it does not come to the point within 30 s
   */
  public void kill() throws InterruptedException {
    killWhenReached();
    await();
    await(dead, "The process that stands at '" + point + "' did not end");
  }

  /** Has it killed as soon as it stands there. */
  void killWhenReached() {
    fate.complete(Fate.DIE);
  }

  /** Whether this is for a process that has just reached the point; said once. */
  synchronized boolean takes(String other) {
    return point.equals(other) && !isReached() && passesLeft-- == 0;
  }

  /** Keeps the calling thread, and with it the process, until the fate is known. */
  boolean holdUntilDecided() {
    reached.countDown();
    return fate.join() == Fate.DIE;
  }

  void died() {
    dead.countDown();
  }

  private void await(CountDownLatch latch, String late) throws InterruptedException {
    if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new PowertoolsException(
          late
              + "; the function reached "
              + gate.reachedSoFar()
              + ". Check the name in Points.reach, and that the event leads there.");
    }
  }
}
