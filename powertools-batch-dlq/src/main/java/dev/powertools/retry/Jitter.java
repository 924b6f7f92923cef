// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import java.util.random.RandomGenerator;

/**
 * How much of a delay is random, so that what failed together does not try again together. The
 * names and formulas are those of the AWS Architecture Blog, "Exponential Backoff And Jitter".
 */
public enum Jitter {
  /** Nothing is. */
  NONE {
    @Override
    long millis(long bound, long before, RetryOptions options, RandomGenerator random) {
      return bound;
    }
  },
  /** All of it: anything between zero and the delay. */
  FULL {
    @Override
    long millis(long bound, long before, RetryOptions options, RandomGenerator random) {
      return between(0, bound, random);
    }
  },
  /** The second half of it. */
  EQUAL {
    @Override
    long millis(long bound, long before, RetryOptions options, RandomGenerator random) {
      return between(bound / 2, bound, random);
    }
  },
  /**
   * It grows by chance: anything between the base and three times the delay before, {@code max} at
   * most. The multiplier plays no part.
   */
  DECORRELATED {
    @Override
    long millis(long bound, long before, RetryOptions options, RandomGenerator random) {
      long base = options.base().toMillis();
      long max = options.max().toMillis();
      long most = before > max / 3 ? max : Math.max(base, before * 3);
      return Math.min(max, between(base, most, random));
    }
  };

  /**
   * A delay.
   *
   * @param bound what it has grown to, without chance
   * @param before the delay before; the base for the first
   */
  abstract long millis(long bound, long before, RetryOptions options, RandomGenerator random);

  private static long between(long least, long most, RandomGenerator random) {
    return least + random.nextLong(most - least + 1);
  }
}
