// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** What a JSON line costs, to a stream that drops it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LogLineBenchmark {

  /** Whose line. */
  @Param public LogContender contender = LogContender.OURS;

  private final RuntimeException failure = LogSubject.failure();
  private int items;
  private Logger logger = org.slf4j.helpers.NOPLogger.NOP_LOGGER;

  /** Configures it, and sets the keys. */
  @Setup
  public void configure() {
    logger = contender.logger(OutputStream.nullOutputStream());
    LogSubject.KEYS.forEach(MDC::put);
  }

  /** Removes them. */
  @TearDown
  public void clear() {
    MDC.clear();
  }

  /** A message, two arguments, five keys of the MDC. */
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
