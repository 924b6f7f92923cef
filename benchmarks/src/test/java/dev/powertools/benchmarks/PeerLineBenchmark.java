// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Logger;
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

/** The lines of {@link LogLineBenchmark} by AWS Powertools on Log4j. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PeerLineBenchmark {

  private final RuntimeException failure = LogSubject.failure();
  private final Logger logger = LogPeer.logger(OutputStream.nullOutputStream());
  private int items;

  /** Sets the keys. */
  @Setup
  public void put() {
    LogSubject.KEYS.forEach(ThreadContext::put);
  }

  /** Removes them. */
  @TearDown
  public void clear() {
    ThreadContext.clearAll();
  }

  /** A message, two arguments, five keys. */
  @Benchmark
  public void line() {
    items = (items + 1) & 63;
    logger.info(LogSubject.MESSAGE, items, "o-2026-000042");
  }

  /** The same keys, and an exception of 30 frames with a cause. */
  @Benchmark
  public void exception() {
    logger.error("The order failed", failure);
  }
}
