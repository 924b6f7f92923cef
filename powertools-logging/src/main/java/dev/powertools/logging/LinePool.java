// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Lines to be used again. Not one for each thread: virtual threads are many, and an object that
 * logs while it is logged needs a second one. Thread-safe.
 */
final class LinePool {

  private static final int SLOTS = 16;

  private final AtomicReferenceArray<@Nullable Line> slots = new AtomicReferenceArray<>(SLOTS);

  Line take() {
    Line line = slots.getAndSet(slot(), null);
    return line == null ? new Line() : line;
  }

  void giveBack(Line line) {
    slots.lazySet(slot(), line);
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() & (SLOTS - 1));
  }
}
