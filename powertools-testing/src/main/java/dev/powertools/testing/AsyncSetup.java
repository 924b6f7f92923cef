// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.sim.AsyncOptions;
import dev.powertools.local.sim.AsyncSimulator;
import dev.powertools.local.sim.EventFunction;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says how a function of a test is invoked asynchronously, and starts it. Defaults are AWS's, those
 * of {@link AsyncOptions}. Not thread-safe.
 */
public final class AsyncSetup {

  private final Functions functions;
  private final Class<?> handler;
  private final AsyncOptions.Builder options = AsyncOptions.builder();
  private @Nullable Supplier<?> instance;

  AsyncSetup(Functions functions, Class<?> handler) {
    this.functions = functions;
    this.handler = Objects.requireNonNull(handler);
  }

  /** Has the test make the handler object, for collaborators given by constructor. */
  public AsyncSetup instance(Supplier<?> instance) {
    this.instance = Objects.requireNonNull(instance);
    return this;
  }

  /** How often an event is tried again after the function failed: 0 to 2; 2 if unset. */
  public AsyncSetup retries(int retries) {
    options.maximumRetryAttempts(retries);
    return this;
  }

  /** How long an event may wait: 60 s to 6 hours; 6 hours if unset. */
  public AsyncSetup maximumAge(Duration age) {
    options.maximumEventAge(age);
    return this;
  }

  /** Sends a record of each success to a destination. */
  public AsyncSetup onSuccess() {
    options.onSuccess();
    return this;
  }

  /** Sends a record of each event that is given up to a destination. */
  public AsyncSetup onFailure() {
    options.onFailure();
    return this;
  }

  /** Sends each event that is given up to a dead-letter queue. */
  public AsyncSetup deadLetterQueue() {
    options.deadLetterQueue();
    return this;
  }

  /** How probable it is that an event is delivered once more; 0 if unset. */
  public AsyncSetup duplicates(double probability) {
    options.duplicates(probability);
    return this;
  }

  /** What is drawn, such as duplicates, is drawn from it; 0 if unset. */
  public AsyncSetup seed(long seed) {
    options.seed(seed);
    return this;
  }

  /**
   * Starts to invoke the function.
   *
   * @throws IllegalArgumentException naming the option that AWS would refuse, and its value
   */
  public AsyncInvocations start() {
    AsyncOptions how = options.build();
    EventFunction function =
        EventFunction.of(functions.make(handler.getName(), instance, null).local());
    return new AsyncInvocations(AsyncSimulator.of(functions.clock().virtual(), function, how));
  }
}
