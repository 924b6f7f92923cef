// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Timing;
import dev.powertools.idempotency.MemoryStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.local.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency store of a test: it keeps its records in memory, counts what it is asked, and
 * fails as the test says. It reaches the {@linkplain Points named points} {@code "before claim"}
 * and {@code "after claim"}, {@code "before completion"} and {@code "after completion"}, {@code
 * "before release"} and {@code "after release"}. Under {@link FunctionTest} it comes as a
 * parameter, and functions use it unless they are given another. Thread-safe.
 */
public final class TestStore implements IdempotencyStore {

  private final IdempotencyStore store;
  private final Timing timing;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<Operation> calls = new ArrayList<>();
  private Duration delay = Duration.ZERO;

  private TestStore(IdempotencyStore store, Timing timing) {
    this.store = Objects.requireNonNull(store);
    this.timing = Objects.requireNonNull(timing);
  }

  /** What a store is asked to do. */
  public enum Operation {
    /** {@link IdempotencyStore#claim}. */
    CLAIM("claim"),
    /** {@link IdempotencyStore#complete}. */
    COMPLETION("completion"),
    /** {@link IdempotencyStore#release}. */
    RELEASE("release");

    private final String word;

    Operation(String word) {
      this.word = word;
    }
  }

  /**
   * What is to go wrong.
   *
   * @param operation when; null for whatever comes next
   * @param failure what the caller gets; null for one that says that the test wanted it
   * @param takesEffect whether the write is done all the same
   */
  private record Fault(
      @Nullable Operation operation, @Nullable RuntimeException failure, boolean takesEffect) {

    boolean isFor(Operation called) {
      return operation == null || operation == called;
    }

    RuntimeException thrown(Operation called) {
      String what = takesEffect ? "The test lost the response to the " : "The test failed the ";
      return failure != null ? failure : new IllegalStateException(what + called.word);
    }
  }

  /** An empty store in memory. */
  static TestStore inMemory(Timing timing) {
    return new TestStore(MemoryStore.singleEnvironment(), timing);
  }

  /**
   * Puts the faults, the counts and the points around a store of one's own.
   *
   * @param store where the records are
   * @param timing the clock on which it is slow, {@code functions.clock()} as a rule
   */
  public static TestStore over(IdempotencyStore store, Timing timing) {
    return new TestStore(store, timing);
  }

  /** The next call fails, whatever it is, and changes nothing. */
  public TestStore failNext() {
    return add(new Fault(null, null, false));
  }

  /** The next call of a kind fails with an exception, and changes nothing. */
  public TestStore failNext(Operation operation, RuntimeException failure) {
    return add(
        new Fault(Objects.requireNonNull(operation), Objects.requireNonNull(failure), false));
  }

  /** The next call takes effect, whatever it is, but its caller gets an exception. */
  public TestStore loseResponseAfterWrite() {
    return add(new Fault(null, null, true));
  }

  /** The next call of a kind takes effect, but its caller gets an exception. */
  public TestStore loseResponseAfterWrite(Operation operation) {
    return add(new Fault(Objects.requireNonNull(operation), null, true));
  }

  private synchronized TestStore add(Fault fault) {
    faults.add(fault);
    return this;
  }

  /**
   * Each call takes so long from now on, on the test's clock, before its write; none by default.
   */
  public synchronized TestStore delay(Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("A store can't be faster than at once: delay " + value);
    }
    this.delay = value;
    return this;
  }

  /** The calls so far, in order, also those that failed. */
  public synchronized List<Operation> calls() {
    return List.copyOf(calls);
  }

  /** How often it was asked for something. */
  public synchronized int calls(Operation operation) {
    return (int) calls.stream().filter(operation::equals).count();
  }

  /**
   * The records that are there now.
   *
   * @throws UnsupportedOperationException if it stands before a store of one's own
   */
  public List<StoredRecord> records() {
    if (store instanceof MemoryStore memory) {
      return memory.records();
    }
    throw new UnsupportedOperationException(
        "A TestStore sees no records of " + store.getClass().getName() + ": ask that store");
  }

  @Override
  public Reply claim(StoredRecord claim, Instant now) {
    return call(Operation.CLAIM, () -> store.claim(claim, now));
  }

  @Override
  public Reply complete(StoredRecord completed, Instant now) {
    return call(Operation.COMPLETION, () -> store.complete(completed, now));
  }

  @Override
  public Reply release(StoredRecord claim, Instant now) {
    return call(Operation.RELEASE, () -> store.release(claim, now));
  }

  @Override
  public int maxDataBytes() {
    return store.maxDataBytes();
  }

  @Override
  public void start(FunctionRuntime runtime) {
    store.start(runtime);
  }

  /** No lock is held over the write: calls meet in the store as they would without a test. */
  private Reply call(Operation operation, Supplier<Reply> write) {
    Points.reach("before " + operation.word);
    Fault fault = begin(operation);
    pause();
    if (fault != null && !fault.takesEffect()) {
      throw fault.thrown(operation);
    }
    Reply reply = write.get();
    Points.reach("after " + operation.word);
    if (fault != null) {
      throw fault.thrown(operation);
    }
    return reply;
  }

  private synchronized @Nullable Fault begin(Operation operation) {
    calls.add(operation);
    for (Iterator<Fault> all = faults.iterator(); all.hasNext(); ) {
      Fault next = all.next();
      if (next.isFor(operation)) {
        all.remove();
        return next;
      }
    }
    return null;
  }

  private void pause() {
    Duration length = delay();
    if (length.isZero()) {
      return;
    }
    try {
      timing.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the store was slow", e);
    }
  }

  private synchronized Duration delay() {
    return delay;
  }

  @Override
  public String toString() {
    return "TestStore over " + store;
  }
}
