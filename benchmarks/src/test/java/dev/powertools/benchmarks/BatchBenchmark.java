// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.powertools.batch.SqsBatch;
import dev.powertools.core.Outcome;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;

/**
 * A batch of ten raw bodies, beside the loop written by hand: over objects, where the functional
 * door stands, and over bytes, where the base class does. With a deadline records run on threads of
 * their own, which the loop by hand has no counterpart for. The lines about failures are off.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BatchBenchmark {

  /** How many of the ten fail. */
  @Param({"0", "1"})
  public int failing;

  private final HandWrittenBatch hand = new HandWrittenBatch();
  private final RawBatchHandler handler = new RawBatchHandler();
  private final Context context = BatchEvents.context();
  private long sum;
  private final SqsBatch<String> batch =
      SqsBatch.of(
          String.class,
          (body, message) -> {
            sum += RawBatchHandler.work(body);
            return Outcome.done();
          });
  private SQSEvent objects = new SQSEvent();
  private byte[] bytes = {};

  /** Makes the events. */
  @Setup
  public void prepare() {
    ((Logger) LoggerFactory.getLogger("dev.powertools.batch")).setLevel(Level.OFF);
    objects = BatchEvents.objects(failing);
    bytes = BatchEvents.bytes(failing);
  }

  /** By hand, over objects. */
  @Benchmark
  public SQSBatchResponse byHand() {
    return hand.handle(objects);
  }

  /** {@link SqsBatch}, with nobody waiting for the answer. */
  @Benchmark
  public SQSBatchResponse functional() {
    return batch.handle(objects, null);
  }

  /** {@link SqsBatch}, with a deadline. */
  @Benchmark
  public SQSBatchResponse functionalWithDeadline() {
    return batch.handle(objects, context);
  }

  /** By hand, over bytes. */
  @Benchmark
  public ByteArrayOutputStream byHandOverBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    hand.handle(new ByteArrayInputStream(bytes), out);
    return out;
  }

  /** The base class, with nobody waiting for the answer. */
  @Benchmark
  @SuppressWarnings("NullAway") // where there is no platform there is no context
  public ByteArrayOutputStream baseClass() throws IOException {
    return answer(null);
  }

  /** The base class, with a deadline. */
  @Benchmark
  public ByteArrayOutputStream baseClassWithDeadline() throws IOException {
    return answer(context);
  }

  @SuppressWarnings("NullAway") // as above
  private ByteArrayOutputStream answer(@org.jspecify.annotations.Nullable Context given)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    handler.handleRequest(new ByteArrayInputStream(bytes), out, given);
    return out;
  }
}
