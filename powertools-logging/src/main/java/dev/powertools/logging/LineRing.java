// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest lines of a unit of work, up to a number of bytes. Thread-safe. */
final class LineRing {

  private final int maxBytes;
  private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
  private long bytes;
  private int dropped;
  private int tooLong;
  private boolean closed;

  LineRing(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * What was kept.
   *
   * @param lines in the order in which they came
   * @param dropped how many came before and are lost
   * @param tooLong how many of these were longer than the ring by themselves
   */
  record Taken(List<byte[]> lines, int dropped, int tooLong) {}

  synchronized void add(byte[] line) {
    if (closed) {
      return;
    }
    if (line.length > maxBytes) {
      dropped++;
      tooLong++;
      return;
    }
    while (bytes + line.length > maxBytes) {
      bytes -= lines.remove().length;
      dropped++;
    }
    lines.add(line);
    bytes += line.length;
  }

  /** Takes all lines out, and begins to count anew; {@code null} if there was nothing. */
  synchronized @Nullable Taken take() {
    if (lines.isEmpty() && dropped == 0) {
      return null;
    }
    Taken taken = new Taken(new ArrayList<>(lines), dropped, tooLong);
    clear();
    return taken;
  }

  /** Drops all lines, those to come too. */
  synchronized void close() {
    closed = true;
    clear();
  }

  private void clear() {
    lines.clear();
    bytes = 0;
    dropped = 0;
    tooLong = 0;
  }
}
