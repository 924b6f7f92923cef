// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.MDC;

/** What {@code @Logging} costs a handler that logs nothing: opening and ending the invocation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LoggedCallBenchmark {

  private final LoggedCalls handler = new LoggedCalls();

  /** A thread as it is after earlier invocations. */
  @Setup
  public void warm() {
    MDC.put("used", "once");
    MDC.clear();
  }

  /** Leaves nothing. */
  @TearDown
  public void clear() {
    MDC.clear();
  }

  /** By hand. */
  @Benchmark
  public String plain() {
    return handler.plain("event");
  }

  /** {@code @Logging}. */
  @Benchmark
  public String logged() {
    return handler.handleRequest("event", null);
  }
}
