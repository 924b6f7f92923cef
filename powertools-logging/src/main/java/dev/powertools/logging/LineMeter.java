// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

/** Counts what an invocation and its records write, and says when that is enough. Thread-safe. */
final class LineMeter {

  private final long maxBytes;
  private long bytes;
  private int lines;
  private int suppressed;
  private boolean full;

  /**
   * Begins.
   *
   * @param maxBytes for lines below ERROR; 0 for any number
   */
  LineMeter(int maxBytes) {
    this.maxBytes = maxBytes == 0 ? Long.MAX_VALUE : maxBytes;
  }

  /** What was counted. */
  record Count(int lines, long bytes, int suppressed) {}

  /** Whether it is known before a line is made that it is suppressed; then it is counted. */
  synchronized boolean suppresses(boolean error) {
    if (full && !error) {
      suppressed++;
      return true;
    }
    return false;
  }

  /** Whether a line may be written; it is counted either way. */
  synchronized boolean admits(int length, boolean error) {
    if (!error && (full || bytes > maxBytes - length)) {
      full = true;
      suppressed++;
      return false;
    }
    lines++;
    bytes += length;
    return true;
  }

  synchronized Count count() {
    return new Count(lines, bytes, suppressed);
  }
}
