// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a property with many seeds. A failure names its seed; {@code -Dseed=N} runs that one alone.
 */
public final class Seeds {

  private Seeds() {}

  public static void forEach(int count, Consumer<Random> property) {
    Long only = Long.getLong("seed");
    long first = only == null ? System.nanoTime() : only;
    for (long seed = first; seed < first + (only == null ? count : 1); seed++) {
      try {
        property.accept(new Random(seed));
      } catch (Throwable e) {
        throw new AssertionError("fails with -Dseed=" + seed + ": " + e, e);
      }
    }
  }
}
