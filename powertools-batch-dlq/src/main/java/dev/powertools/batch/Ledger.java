// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.batch.Progress.Parked;
import dev.powertools.batch.Progress.Running;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One slot for each record: pending, running, perhaps parked, and settled once and never again.
 * Whoever comes second with an outcome, such as work that went on after its batch was answered, is
 * told so and changes nothing. Thread-safe.
 */
final class Ledger {

  private final AtomicReferenceArray<@Nullable Progress> slots;

  Ledger(int size) {
    this.slots = new AtomicReferenceArray<>(size);
  }

  int size() {
    return slots.length();
  }

  /** Notes that a record is begun; false if it was settled already, and must not be. */
  boolean begin(int index, Running running) {
    return slots.compareAndSet(index, null, running);
  }

  /** Parks a record that runs; false if it was settled meanwhile. */
  boolean park(int index, Parked parked) {
    Progress seen = slots.get(index);
    return seen instanceof Running && slots.compareAndSet(index, seen, parked);
  }

  /** Settles a record; false if it was settled already. */
  boolean settle(int index, Settled settled) {
    Progress seen = slots.get(index);
    while (!(seen instanceof Settled)) {
      if (slots.compareAndSet(index, seen, settled)) {
        return true;
      }
      seen = slots.get(index);
    }
    return false;
  }

  /** Settles a record that is just so far; false if it is farther by now. */
  boolean settle(int index, @Nullable Progress seen, Settled settled) {
    return slots.compareAndSet(index, seen, settled);
  }

  /** How far a record is; {@code null} if it has not begun. */
  @Nullable Progress progress(int index) {
    return slots.get(index);
  }

  /** What a record is parked with; {@code null} if it is not, or no longer. */
  @Nullable Parked parked(int index) {
    return slots.get(index) instanceof Parked parked ? parked : null;
  }

  /** As {@link #parked}, of a record that is known to be parked. */
  Parked parkedWith(int index) {
    Parked parked = parked(index);
    if (parked == null) {
      throw new IllegalStateException("Record " + index + " of the batch is not parked");
    }
    return parked;
  }

  /** Whether a record has ended, and the source may forget it. */
  boolean isAcknowledged(int index) {
    return slots.get(index) instanceof Settled settled && settled.isAcknowledged();
  }

  /**
   * How a record ended.
   *
   * @throws IllegalStateException if it has not
   */
  Settled settled(int index) {
    if (slots.get(index) instanceof Settled settled) {
      return settled;
    }
    throw new IllegalStateException(
        "Record "
            + index
            + " of the batch was never settled. This is a bug of the toolkit; nothing of the batch"
            + " is acknowledged, so all of it is delivered again.");
  }
}
