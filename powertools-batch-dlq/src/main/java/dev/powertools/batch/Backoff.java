// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.ConfigurationException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A delay that grows with each receive of a record: {@code base} after the first, {@code
 * multiplier} times as long after each further one, {@code max} at most. Of each delay the second
 * half is random, so that what failed together does not come back together. Immutable.
 *
 * @param base the delay after the first receive; one second at least
 * @param multiplier by how much it grows; one at least
 * @param max the longest; {@code base} at least, and at most 11 h 45 min, since SQS hides no
 *     message for longer than 12 h from its receipt
 */
public record Backoff(Duration base, double multiplier, Duration max) {

  static final Duration LONGEST = Duration.ofHours(12).minusMinutes(15);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /**
   * Checks the values.
   *
   * @throws ConfigurationException if one is out of its range
   */
  public Backoff {
    if (base.compareTo(SHORTEST) < 0) {
      throw new ConfigurationException(
          "@Redelivery(base = "
              + base
              + "): expected one second at least, which is what SQS counts");
    }
    if (!(multiplier >= 1)) {
      throw new ConfigurationException(
          "@Redelivery(multiplier = " + multiplier + "): expected 1 at least");
    }
    if (max.compareTo(base) < 0 || max.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(
          "@Redelivery(max = "
              + max
              + "): expected the base of "
              + base
              + " at least and "
              + LONGEST
              + " at most, since SQS hides no message for longer than 12 h");
    }
  }

  /** The delay after so many receives, with its random part. */
  Duration delay(int receives, RandomGenerator random) {
    double grown = (double) base.toMillis() * Math.pow(multiplier, Math.max(0, receives - 1));
    long bound = (long) Math.min(grown, (double) max.toMillis());
    long half = bound / 2;
    return Duration.ofMillis(half + random.nextLong(bound - half + 1));
  }
}
