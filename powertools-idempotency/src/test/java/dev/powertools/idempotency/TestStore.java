// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.StoredRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A store that counts its writes, shows its records, and fails as it is told: before a write takes
 * effect, or after, when only the answer is lost. Thread-safe.
 */
final class TestStore implements IdempotencyStore {

  /** What a write can be. */
  enum Write {
    CLAIM,
    COMPLETE,
    RELEASE
  }

  private record Fault(boolean takesEffect, Throwable failure) {}

  private final MemoryStore records = new MemoryStore();
  private final Map<Write, Deque<Fault>> faults = new HashMap<>();
  private final Map<Write, Runnable> events = new ConcurrentHashMap<>();
  private final List<Write> writes = new ArrayList<>();
  private final List<StoredRecord> claims = new ArrayList<>();
  private final List<Boolean> interrupted = new ArrayList<>();
  private final List<String> lostAnswers = new ArrayList<>();
  private int maxDataBytes = Integer.MAX_VALUE;

  /** The next write of a kind fails and has no effect. */
  synchronized void failNext(Write write, Throwable failure) {
    faults.computeIfAbsent(write, w -> new ArrayDeque<>()).add(new Fault(false, failure));
  }

  /** The next write of a kind takes effect, and then its answer is lost. */
  synchronized void loseNextAnswer(Write write, Throwable failure) {
    faults.computeIfAbsent(write, w -> new ArrayDeque<>()).add(new Fault(true, failure));
  }

  /** Something happens before the next write of a kind. */
  void beforeNext(Write write, Runnable event) {
    events.put(write, event);
  }

  /** Changes the records that are there, whoever they belong to. */
  synchronized void rewrite(UnaryOperator<StoredRecord> change) {
    records.records().forEach(record -> records.complete(change.apply(record), Instant.EPOCH));
  }

  synchronized void limitData(int bytes) {
    maxDataBytes = bytes;
  }

  List<StoredRecord> records() {
    return records.records();
  }

  synchronized List<Write> writes() {
    return List.copyOf(writes);
  }

  /** The records that claims were tried with. */
  synchronized List<StoredRecord> claims() {
    return List.copyOf(claims);
  }

  /** Whether the thread was interrupted at each write. */
  synchronized List<Boolean> interrupted() {
    return List.copyOf(interrupted);
  }

  @Override
  public synchronized int maxDataBytes() {
    return maxDataBytes;
  }

  @Override
  public synchronized Reply claim(StoredRecord claim, Instant now) {
    claims.add(claim);
    return write(Write.CLAIM, () -> records.claim(claim, now));
  }

  @Override
  public Reply complete(StoredRecord completed, Instant now) {
    Runnable event = events.remove(Write.COMPLETE);
    if (event != null) {
      event.run();
    }
    return write(Write.COMPLETE, () -> records.complete(completed, now));
  }

  @Override
  public synchronized Reply release(StoredRecord claim, Instant now) {
    return write(Write.RELEASE, () -> records.release(claim, now));
  }

  private synchronized Reply write(Write kind, Supplier<Reply> write) {
    writes.add(kind);
    interrupted.add(Thread.currentThread().isInterrupted());
    Fault fault = faults.getOrDefault(kind, new ArrayDeque<>()).poll();
    if (fault == null) {
      return write.get();
    }
    Reply lost = fault.takesEffect() ? write.get() : null;
    lostAnswers.add(String.valueOf(lost));
    throw TestStore.<RuntimeException>unchecked(fault.failure());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is never checked
  static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }
}
