// SPDX-License-Identifier: Apache-2.0
package dev.powertools.chaos;

import java.util.Random;

/**
 * How often chaos is let loose, and with which dice: ten rounds in the ordinary build, {@code
 * -Dchaos.rounds=200} for a long run. A failure names its seed; {@code -Dseed=N} runs that one.
 */
final class Rounds {

  static final int COUNT = Integer.getInteger("chaos.rounds", 10);

  private Rounds() {}

  /** Something that is done with dice. */
  @FunctionalInterface
  interface Round {
    void play(long seed, Random dice) throws Exception;
  }

  /** The seed of this run. */
  static long seed() {
    return Long.getLong("seed", System.nanoTime());
  }

  /** Plays one round with one seed. */
  static void once(Round round) {
    play(seed(), round);
  }

  /** Plays all rounds, each with a seed of its own. */
  static void each(Round round) {
    long first = seed();
    int count = Long.getLong("seed") == null ? COUNT : 1;
    for (long seed = first; seed < first + count; seed++) {
      play(seed, round);
    }
  }

  private static void play(long seed, Round round) {
    try {
      round.play(seed, new Random(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("fails with -Dseed=" + seed + ": " + e, e);
    }
  }
}
