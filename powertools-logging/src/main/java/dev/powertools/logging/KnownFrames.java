// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import org.jspecify.annotations.Nullable;

/** Some frames at a time, to be written again. Confined to one thread. */
final class KnownFrames {

  private static final int SLOTS = 256;
  private static final int MAX_CHARS = 512;

  private final @Nullable KnownFrame[] slots = new @Nullable KnownFrame[SLOTS];

  KnownFrame known(StackTraceElement frame) {
    int hash = 31 * frame.getClassName().hashCode() + frame.getMethodName().hashCode();
    hash = 31 * hash + frame.getLineNumber();
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    KnownFrame there = slots[slot];
    if (there != null && there.is(frame)) {
      return there;
    }
    KnownFrame made = new KnownFrame(frame);
    if (made.chars() <= MAX_CHARS) {
      slots[slot] = made;
    }
    return made;
  }
}
