// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.idempotency.spi.StoredRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The claims that are held in this process, so that whoever waits for one of them need not ask the
 * store. A part of the runtime. Thread-safe.
 */
final class HeldHere {

  private static final long MOMENT_MILLIS = 10;

  private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();

  private HeldHere() {}

  /** That of a runtime. */
  static HeldHere of(FunctionRuntime runtime) {
    return runtime.part(HeldHere.class, r -> new HeldHere());
  }

  /** Notes a claim, until it is ended. */
  void begin(StoredRecord claim) {
    ends.put(claim.owner().orElseThrow(), new CountDownLatch(1));
  }

  /** Forgets a claim, whose end is in the store now. */
  void end(StoredRecord claim) {
    CountDownLatch end = ends.remove(claim.owner().orElseThrow());
    if (end != null) {
      end.countDown();
    }
  }

  /** Whether a record's claim is held here. */
  boolean holds(StoredRecord record) {
    return record.owner().filter(ends::containsKey).isPresent();
  }

  /**
   * Waits a moment for a claim that is held here to end. It is a moment of the machine, whatever
   * the runtime's clock says: on a clock that others move, the thread that works needs its turn
   * too.
   *
   * @return whether it is held here no more
   */
  boolean hasEnded(StoredRecord record) throws InterruptedException {
    CountDownLatch end = record.owner().map(ends::get).orElse(null);
    return end == null || end.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
  }
}
