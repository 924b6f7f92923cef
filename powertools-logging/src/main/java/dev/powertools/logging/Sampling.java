// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.powertools.core.AttributeKey;
import dev.powertools.core.internal.LiveInvocation;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which units of work are sampled, and which lines of those are written. Immutable.
 *
 * @param rate the share, above 0
 * @param level down to which
 * @param loggers by name or package; empty for those that have their level from the root
 * @param random decides; {@code null} for one of each thread's own
 */
record Sampling(double rate, Level level, List<String> loggers, @Nullable RandomGenerator random) {

  /** The fact that lines print. */
  static final AttributeKey<Double> RATE =
      AttributeKey.of("sampling_rate", Double.class).loggable();

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L; // spreads the bits of a hash

  /**
   * Whether a unit of work is sampled. One snapshot is restored many times, each with the
   * generators as they were then; so the request's id has a share in it, which the platform makes
   * up anew.
   */
  boolean decide(LiveInvocation function) {
    if (random != null) {
      return random.nextDouble() < rate;
    }
    long drawn = ThreadLocalRandom.current().nextLong();
    long ofRequest = function.requestId().hashCode() * GOLDEN_RATIO;
    return ((drawn ^ ofRequest) >>> 11) * 0x1.0p-53 < rate;
  }

  /** Whether a line of a sampled unit of work is written. */
  boolean takes(Logger logger, Level lineLevel) {
    return lineLevel.levelInt >= level.levelInt
        && (loggers.isEmpty() ? LogLevels.mayBeLowered(logger) : isNamed(logger.getName()));
  }

  private boolean isNamed(String logger) {
    for (String name : loggers) {
      if (logger.startsWith(name) && endsAName(logger, name.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsAName(String logger, int at) {
    return at == logger.length() || logger.charAt(at) == '.' || logger.charAt(at) == '$';
  }
}
