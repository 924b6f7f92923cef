// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.Timing;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InProcessFunction;
import dev.powertools.local.InProcessOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.Restored;
import dev.powertools.local.event.Events;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function under test: it takes bytes and answers with bytes, through the production runtime
 * client and its serialisation. The first invocation of a function is a cold start, the others are
 * warm, until {@link #cold()}. Past its deadline on the test's clock it dies as on Lambda: the
 * caller gets the platform's error, nothing of the handler runs on, and the next invocation is a
 * cold start. Thread-safe; concurrent invocations have an execution environment each, up to eight.
 */
public final class TestFunction implements AutoCloseable {

  private static final int MAX_CONCURRENCY = 8;

  private static final String ON_DEMAND = "on-demand";
  private static final String SNAP_START = "snap-start";

  private final InProcessFunction function;
  private final String handler;
  private volatile String initialization = ON_DEMAND;

  TestFunction(
      Functions functions, String handler, @Nullable Supplier<?> instance, @Nullable Watch watch) {
    this.handler = handler;
    FunctionOptions options =
        FunctionOptions.builder(handler)
            .timeout(functions.timeout())
            .environment(functions.environment())
            .maxConcurrency(MAX_CONCURRENCY)
            .build();
    TestRuntimes runtimes = functions.runtimes();
    InProcessOptions.Builder inProcess =
        InProcessOptions.builder()
            .timing(timing(functions, watch))
            .output(functions.logs()::addPlatform)
            .hooks(() -> new RuntimeBinding(options, runtimes, initialization, watch));
    if (instance != null) {
      inProcess.instance(instance);
    }
    this.function = LocalFunction.inProcess(options, inProcess.build());
  }

  /**
   * On the virtual clock itself a function dies at its deadline. One that is watched does not: what
   * a late worker does, which was frozen and thawed, is just what its watcher wants to see.
   */
  private static Timing timing(Functions functions, @Nullable Watch watch) {
    return watch == null ? functions.clock().virtual() : functions.clock();
  }

  /**
   * Invokes the function with an event, as {@link Events} makes it, or with any object, written as
   * JSON: those of aws-lambda-java-events and beans by the production serialiser; records, maps and
   * simple values by the toolkit's own.
   */
  public TestResponse invoke(@Nullable Object event) {
    return invokeBytes(Events.of(event).toBytes());
  }

  /** Invokes the function with JSON text. */
  public TestResponse invokeJson(String json) {
    return invokeBytes(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Invokes the function with the very bytes. */
  public TestResponse invokeBytes(byte[] event) {
    return new TestResponse(function.invoke(event));
  }

  /** As {@link #invoke(Object)}, and says how: request id, tenant, trace, identity. */
  public TestResponse invoke(@Nullable Object event, Consumer<InvokeAs> how) {
    return invokeBytes(Events.of(event).toBytes(), how);
  }

  /** As {@link #invokeJson(String)}, and says how: request id, tenant, trace, identity. */
  public TestResponse invokeJson(String json, Consumer<InvokeAs> how) {
    return invokeBytes(json.getBytes(StandardCharsets.UTF_8), how);
  }

  /** As {@link #invokeBytes(byte[])}, and says how: request id, tenant, trace, identity. */
  public TestResponse invokeBytes(byte[] event, Consumer<InvokeAs> how) {
    InvokeAs as = new InvokeAs();
    how.accept(as);
    byte[] sent = as.event(handler, event);
    return new TestResponse(function.invoke(sent, as.build()));
  }

  /**
   * Invokes one handler object that often at the same time, as an environment with
   * multi-concurrency does; the object is made for this call.
   *
   * @param times how often; where there are fewer events, they are taken in turn
   */
  public ConcurrentResponses concurrently(int times, Object... events) {
    List<byte[]> bytes = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      bytes.add(Events.of(events.length == 0 ? Map.of() : events[i % events.length]).toBytes());
    }
    return ConcurrentResponses.of(function.concurrently(bytes));
  }

  /**
   * Has the next invocation run in an environment that SnapStart restored: initialised, frozen as a
   * snapshot for that time, and restored. CRaC hooks run, the test's clock moves on in between, and
   * the toolkit sees the initialisation type {@code snap-start}.
   *
   * @return what the snapshot has captured
   */
  public Restored restore(Duration frozen) {
    initialization = SNAP_START;
    try {
      return function.restore(frozen);
    } finally {
      initialization = ON_DEMAND;
    }
  }

  /** As {@link #restore(Duration)}, after three days. */
  public Restored restore() {
    return restore(Duration.ofDays(3));
  }

  /** Makes the next invocation a cold start: a new handler object, nothing kept. */
  public TestFunction cold() {
    function.cold();
    return this;
  }

  /** What the simulators of event sources invoke. */
  LocalFunction local() {
    return function;
  }

  @Override
  public void close() {
    function.close();
  }
}
