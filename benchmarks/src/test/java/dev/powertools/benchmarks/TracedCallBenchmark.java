// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.RuntimeResolver;
import dev.powertools.core.internal.Scope;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a traced call costs where nobody listens; run it without an SDK on the class path. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TracedCallBenchmark {

  private final TracedCalls calls = new TracedCalls();
  private Scope.Attached attached = () -> {};

  /** Opens the invocation. */
  @Setup
  public void open() {
    attached = Scope.of(LiveInvocation.under(RuntimeResolver.ofFunction()).open()).attach();
  }

  /** Ends it. */
  @TearDown
  public void close() {
    attached.close();
  }

  /** {@code @Tracing}. */
  @Benchmark
  public int annotated() {
    return calls.annotated(1);
  }

  /** {@code Traces.span}. */
  @Benchmark
  public int byCode() {
    return calls.byCode(1);
  }
}
