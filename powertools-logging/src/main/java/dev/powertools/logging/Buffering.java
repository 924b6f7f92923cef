// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.powertools.core.Attributes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are kept, how much of them, and when they are written. Immutable.
 *
 * @param level down to which; of loggers that have their level from the root
 * @param maxBytes how much
 * @param slowerThan for calls that take longer; {@code null} for none
 * @param debugFor for units of work with one of these facts
 */
record Buffering(
    Level level, int maxBytes, @Nullable Duration slowerThan, Map<String, Set<String>> debugFor) {

  boolean takes(Logger logger, Level lineLevel) {
    return lineLevel.levelInt >= level.levelInt && LogLevels.mayBeLowered(logger);
  }

  boolean isFor(Attributes facts) {
    if (debugFor.isEmpty()) {
      return false;
    }
    boolean[] found = new boolean[1];
    facts.forEach(
        (key, value) ->
            found[0] |=
                key.isLoggable()
                    && debugFor.getOrDefault(key.name(), Set.of()).contains(value.toString()));
    return found[0];
  }

  boolean isSlow(long nanos) {
    return slowerThan != null && Duration.ofNanos(nanos).compareTo(slowerThan) > 0;
  }
}
