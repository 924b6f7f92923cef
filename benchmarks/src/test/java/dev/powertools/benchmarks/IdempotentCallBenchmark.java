// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.benchmarks.IdempotentCalls.Order;
import dev.powertools.benchmarks.IdempotentCalls.Receipt;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.idempotency.IdempotencyOptions;
import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an idempotent method on a store in memory costs inside an invocation of the function. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class IdempotentCallBenchmark {

  /** How many results are cached. */
  @Param({"0", "100"})
  public int localCache;

  private final IdempotentCalls calls = new IdempotentCalls();
  private final Order known = new Order("order-0001", 500);
  private Scope.Attached attached = () -> {};
  private long next;

  /** A store in memory that stays small, since what it held before is never asked for again. */
  private static final class SmallStore implements IdempotencyStore {

    private static final int MOST = 10_000;
    private MemoryStore records = new MemoryStore();
    private int claims;

    @Override
    public Reply claim(StoredRecord claim, Instant now) {
      if (++claims % MOST == 0) {
        records = new MemoryStore();
      }
      return records.claim(claim, now);
    }

    @Override
    public Reply complete(StoredRecord completed, Instant now) {
      return records.complete(completed, now);
    }

    @Override
    public Reply release(StoredRecord claim, Instant now) {
      return records.release(claim, now);
    }
  }

  /** Opens the invocation. */
  @Setup
  public void open() {
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .part(IdempotencyStore.class, new SmallStore())
            .part(
                IdempotencyOptions.class,
                IdempotencyOptions.builder().localCache(localCache).build())
            .build();
    attached = Scope.of(LiveInvocation.under(runtime).open()).attach();
    calls.charge(known);
  }

  /** Ends it. */
  @TearDown
  public void close() {
    attached.close();
  }

  /** By hand. */
  @Benchmark
  public Receipt direct() {
    return calls.direct(known);
  }

  /** A key that is new: two writes. */
  @Benchmark
  public Receipt first() {
    return calls.charge(new Order("order-" + next++, 500));
  }

  /** A key that is known: one write, or none if it is cached. */
  @Benchmark
  public Receipt replay() {
    return calls.charge(known);
  }
}
