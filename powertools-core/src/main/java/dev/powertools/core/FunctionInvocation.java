// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The unit of work that the platform gave us: one invocation of the function, or one record inside
 * a batch, which is a child of the batch's. Thread-safe, and only open while that work runs.
 */
public interface FunctionInvocation {

  /** The unit of work that this thread works on; empty outside any. */
  static Optional<FunctionInvocation> current() {
    return Optional.ofNullable(Scope.currentInvocation());
  }

  /**
   * The platform's id of this invocation; made up ({@code ad-hoc-…}) where there is no platform.
   */
  String requestId();

  /**
   * What stays the same when the platform delivers the same work again: the message id, the
   * sequence number, the request id of an asynchronous call.
   */
  String workId();

  /** The platform's own context; empty where a method was called outside any function. */
  Optional<Context> context();

  /** The enclosing unit of work: the batch of a record. */
  Optional<FunctionInvocation> parent();

  /**
   * Whether this is the first invocation of an environment that was not initialised ahead of it.
   */
  boolean coldStart();

  /** The time left until the platform's deadline, never negative; empty if there is no platform. */
  Optional<Duration> remaining();

  /** The event, to read single values from; the record's own one for a record. */
  EventView event();

  /** What its source says about it, if it is one piece of work among others: a record. */
  Optional<WorkContext> workContext();

  /** The facts about this unit of work. */
  Attributes attributes();

  /** With what it runs. */
  FunctionRuntime runtime();

  /**
   * Waits without keeping other work waiting: the only way in which a link waits. In a batch other
   * records run meanwhile.
   *
   * @param duration how long; zero or less returns at once
   * @throws InterruptedException if the wait is cancelled
   */
  void pause(Duration duration) throws InterruptedException;

  /**
   * Has something done when the work is over and before the response goes out, whether it succeeded
   * or not; in the order of registration. What it throws is logged and goes no further.
   *
   * @throws InvocationClosedException if the unit of work has ended
   */
  void beforeResponse(Runnable hook);

  /**
   * Has something done when this unit of work has ended for good. What it throws is logged and goes
   * no further.
   *
   * @throws InvocationClosedException if the unit of work has ended
   */
  void onEnd(Consumer<FinalOutcome> hook);

  /**
   * Adds a listener that hears the signals of this unit of work and its children.
   *
   * @throws InvocationClosedException if the unit of work has ended
   */
  void listen(SignalListener listener);

  /**
   * Adds a carrier that goes along whenever work of this unit hops to another thread.
   *
   * @throws InvocationClosedException if the unit of work has ended
   */
  void carry(ContextCarrier carrier);

  /** Tells a signal to the listeners of this unit of work, of its parents, and of the runtime. */
  void emit(Signal signal);

  /** Whether the unit of work is still going on. */
  boolean isOpen();
}
