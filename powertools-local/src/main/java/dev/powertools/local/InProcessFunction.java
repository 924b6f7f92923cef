// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function inside this JVM, on the production runtime client's own loop: its handler discovery,
 * serialisation and error JSON, without a process, a port or native code.
 *
 * <p>What only a process gives is missing: environment variables are this JVM's; a handler that
 * calls {@code System.exit} ends this JVM; one that runs past its deadline is interrupted and
 * abandoned, not killed, so it may go on in the background. On a {@link VirtualClock} it is dead as
 * on Lambda: its threads are parked where they wait, for as long as this JVM lives, also after
 * {@link #close()}, since ending them would run code that a kill does not run.
 *
 * <p>Thread-safe.
 */
public final class InProcessFunction implements LocalFunction {
  private final FunctionOptions function;
  private final Supplier<InProcessOptions> environments;
  private final EnvironmentPool pool;
  private final AtomicReference<@Nullable Snapshot> restored = new AtomicReference<>();

  /** An environment that is to be restored. */
  private record Snapshot(InProcessOptions options, HandlerObject object) {}

  private InProcessFunction(
      FunctionOptions function, Duration initTimeout, Supplier<InProcessOptions> environments) {
    this.function = function;
    this.environments = environments;
    this.pool = new EnvironmentPool(function.maxConcurrency(), initTimeout, this::newEnvironment);
  }

  static InProcessFunction of(
      FunctionOptions function, Duration initTimeout, Supplier<InProcessOptions> environments) {
    return new InProcessFunction(function, initTimeout, environments);
  }

  @Override
  public InvocationResult invoke(byte[] event, InvokeOptions options) {
    return pool.invoke(event, options);
  }

  /**
   * Invokes one handler object as often at a time as there are events, as an environment with
   * multi-concurrency does; the object is made for this call. There the X-Ray header is in the
   * context only, and not in the system property.
   *
   * @throws FunctionInitException if the handler can't be loaded
   */
  public ConcurrentRun concurrently(List<byte[]> events) {
    Options.require(!events.isEmpty(), "events", events, "at least one");
    return ConcurrentRun.of(function, environments.get(), events);
  }

  /**
   * Has the next invocation run in an environment that was initialised, frozen as a snapshot for
   * some time and restored, as SnapStart does: CRaC hooks run before and after, and a {@link
   * VirtualClock} moves on by that time in between.
   *
   * @param frozen how long the snapshot lies
   * @throws FunctionInitException if the handler can't be loaded
   */
  public Restored restore(Duration frozen) {
    InProcessOptions options = environments.get();
    HandlerObject object = HandlerObject.ofOneLoop(options);
    CracHooks hooks = CracHooks.watch();
    pool.retireAll();
    restored.set(new Snapshot(options, object));
    pool.prepareAnother();
    return Restored.after(object, hooks.registeredBy(object), options.timing(), frozen);
  }

  @Override
  public FunctionOptions options() {
    return function;
  }

  /**
   * Makes an execution environment ahead of the next invocation, if none is idle.
   *
   * @throws FunctionInitException if the handler can't be loaded or built
   */
  public void prepare() {
    pool.prepare();
  }

  @Override
  public void cold() {
    pool.retireAll();
    RuntimeClientCaches.forget();
  }

  @Override
  public void close() {
    pool.close();
  }

  private ExecutionEnvironment newEnvironment() {
    Snapshot snapshot = restored.getAndSet(null);
    if (snapshot != null) {
      return FunctionLoop.start(function, snapshot.options(), snapshot.object());
    }
    InProcessOptions options = environments.get();
    return FunctionLoop.start(function, options, HandlerObject.ofOneLoop(options));
  }
}
