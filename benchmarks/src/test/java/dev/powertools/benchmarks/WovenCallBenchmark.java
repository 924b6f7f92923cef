// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.core.FunctionRuntime;
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

/** What a woven call costs inside an invocation of the function. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WovenCallBenchmark {

  private final WovenCalls calls = new WovenCalls();
  private Scope.Attached attached = () -> {};

  /** Opens the invocation. */
  @Setup
  public void open() {
    FunctionRuntime runtime = RuntimeResolver.ofFunction();
    attached = Scope.of(LiveInvocation.under(runtime).open()).attach();
  }

  /** Ends it. */
  @TearDown
  public void close() {
    attached.close();
  }

  /** By hand. */
  @Benchmark
  public int direct() {
    return calls.direct(1);
  }

  /** Woven, no link. */
  @Benchmark
  public int emptyChain() {
    return calls.emptyChain(1);
  }

  /** Woven, one link. */
  @Benchmark
  public int oneLink() {
    return calls.oneLink(1);
  }
}
