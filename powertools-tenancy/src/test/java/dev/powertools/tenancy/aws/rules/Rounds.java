// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import java.util.Random;

/**
 * How often the dice are thrown: a few thousand times in the ordinary build, {@code
 * -Drules.rounds=1000000} for a long run. A failure names its seed; {@code -Dseed=N} runs that one.
 */
final class Rounds {

  private static final int COUNT = Integer.getInteger("rules.rounds", 4000);

  private Rounds() {}

  /** Something that is done with dice. */
  @FunctionalInterface
  interface Round {
    void play(Random dice);
  }

  /** Plays all rounds, each with a seed of its own. */
  static void each(Round round) {
    Long one = Long.getLong("seed");
    long first = one == null ? System.nanoTime() : one;
    int count = one == null ? COUNT : 1;
    for (long seed = first; seed < first + count; seed++) {
      try {
        round.play(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("fails with -Dseed=" + seed + ": " + e, e);
      }
    }
  }
}
