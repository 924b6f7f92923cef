// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Ten messages in five groups of a FIFO queue, 20 ms each, beside the time of one group alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FifoBatchBenchmark {

  private final RawBatchHandler.Slow handler = new RawBatchHandler.Slow();
  private final Context context = BatchEvents.context();
  private final byte[] bytes = BatchEvents.fifo(5);

  /** One group: two messages, one after the other. */
  @Benchmark
  public void longestGroup() throws InterruptedException {
    Thread.sleep(RawBatchHandler.Slow.MILLIS);
    Thread.sleep(RawBatchHandler.Slow.MILLIS);
  }

  /** The batch. */
  @Benchmark
  public ByteArrayOutputStream batch() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    handler.handleRequest(new ByteArrayInputStream(bytes), out, context);
    return out;
  }
}
