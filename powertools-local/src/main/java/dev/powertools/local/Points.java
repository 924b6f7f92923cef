// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.SignalListener;

/**
 * Named points in the course of an invocation at which a test can hold it, let another delivery
 * overtake it, or kill it. Test doubles call {@link #reach}: the payment service of a test reaches
 * {@code "charged"} once it has charged. Where nobody listens, nothing happens.
 *
 * <p>Who listens: the {@link PointListener} of the runtime in force, and, for a {@link
 * ForkedFunction}, the process that forked it.
 */
public final class Points {

  private Points() {}

  /** Tells whoever listens in the runtime in force that this thread has come here. */
  public static void reach(String point) {
    Sandbox.stopHereIfDead();
    FunctionRuntime.current()
        .part(PointListener.class)
        .ifPresent(listener -> listener.reached(point));
    RemotePoints.reach(point);
    Sandbox.stopHereIfDead();
  }

  /**
   * A listener that reaches a point named as each signal is: {@code "idempotency.miss"} once a
   * claim is made, {@code "batch.dead_lettered"} once a dead letter is confirmed. So a function can
   * be held or killed there without a word of its own.
   */
  public static SignalListener atSignals() {
    return (signal, invocation) -> reach(signal.name());
  }
}
