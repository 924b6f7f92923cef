// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.event.Events;
import dev.powertools.local.sim.AsyncDeadLetter;
import dev.powertools.local.sim.AsyncEvent;
import dev.powertools.local.sim.AsyncFate;
import dev.powertools.local.sim.AsyncResult;
import dev.powertools.local.sim.AsyncSimulator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous invocations of a function of a test, made by {@link Functions#async}, on the test's
 * clock: things happen when the clock is moved or {@link #drain()} is called. Thread-safe.
 */
public final class AsyncInvocations {

  private final AsyncSimulator simulator;

  AsyncInvocations(AsyncSimulator simulator) {
    this.simulator = simulator;
  }

  /** Puts an event object into the queue, written as {@link TestFunction#invoke} writes it. */
  public AsyncEvent send(@Nullable Object event) {
    return simulator.send(Events.of(event).toBytes());
  }

  /** Puts an event of JSON text into the queue. */
  public AsyncEvent sendJson(String json) {
    return simulator.send(json);
  }

  /** Moves the test's clock until every event has its fate and the last duplicate is delivered. */
  public void drain() {
    simulator.drain();
  }

  /** The story of every event in the order of sending, in virtual times. */
  public String explain() {
    return simulator.explain();
  }

  /** What became of an event so far. */
  public AsyncFate fate(AsyncEvent event) {
    return simulator.fate(event);
  }

  /** What the destination for successes was sent, oldest first. */
  public List<AsyncResult> successes() {
    return simulator.successes();
  }

  /** What the destination for failures was sent, oldest first. */
  public List<AsyncResult> failures() {
    return simulator.failures();
  }

  /** What the dead-letter queue was sent, oldest first. */
  public List<AsyncDeadLetter> deadLetters() {
    return simulator.deadLetters();
  }
}
