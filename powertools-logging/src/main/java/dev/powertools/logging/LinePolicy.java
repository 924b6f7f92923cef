// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.powertools.core.FunctionRuntime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a link asks of the lines of its units of work, beside that they are written by their level.
 * Loaded only where somebody asks. Immutable.
 *
 * @param sampling which units of work are sampled; {@code null} if none is
 * @param buffering what is kept; {@code null} if nothing is
 * @param collapsing whether repeats are written once
 * @param counting whether lines and bytes are told
 * @param maxBytes how many may be written; 0 for any number
 * @param deadlineMargin when it is told where the handler stands; {@code null} for never
 * @param notices writes what is told of lines
 */
record LinePolicy(
    @Nullable Sampling sampling,
    @Nullable Buffering buffering,
    boolean collapsing,
    boolean counting,
    int maxBytes,
    @Nullable Duration deadlineMargin,
    Logger notices) {

  /**
   * Compiles options.
   *
   * @param beside a logger of the Logback that it is for
   * @return {@code null} if SLF4J has another back end, of which a warning tells elsewhere
   */
  static @Nullable LinePolicy of(
      LoggingOptions options, FunctionRuntime runtime, org.slf4j.Logger beside) {
    if (!(beside instanceof Logger logger)) {
      return null;
    }
    UnitFilter.install(logger.getLoggerContext());
    boolean own = SinkCapture.isOwnOutput(logger.getLoggerContext());
    if (!own && needsOwnOutput(options) && Warnings.first(LinePolicy.class, runtime)) {
      Warnings.LOGGER.warn(
          "Logback is configured by a file, so lines are neither kept in a buffer, counted, limited"
              + " nor collapsed: these need the toolkit's own appender. Remove the file, or"
              + " bufferLevel, debugFor, countBytes, maxBytes and collapseRepeats.");
    }
    return new LinePolicy(
        options.samplingRate() == 0 ? null : sampling(options, runtime),
        own ? buffering(options, runtime) : null,
        own && options.isCollapseRepeats(),
        own && options.isCountBytes(),
        own ? options.maxBytes() : 0,
        options.deadlineMargin().orElse(null),
        logger.getLoggerContext().getLogger(Warnings.LOGGER_NAME));
  }

  private static boolean needsOwnOutput(LoggingOptions options) {
    return options.bufferLevel().isPresent()
        || !options.debugFor().isEmpty()
        || options.isCountBytes()
        || options.maxBytes() > 0
        || options.isCollapseRepeats();
  }

  private static Sampling sampling(LoggingOptions options, FunctionRuntime runtime) {
    return new Sampling(
        options.samplingRate(),
        level("sampledLevel", options.sampledLevel(), runtime),
        options.sampledLoggers(),
        runtime.part(RandomGenerator.class).orElse(null));
  }

  private static @Nullable Buffering buffering(LoggingOptions options, FunctionRuntime runtime) {
    String level = options.bufferLevel().orElse(options.debugFor().isEmpty() ? "" : "DEBUG");
    if (level.isEmpty()) {
      return null;
    }
    return new Buffering(
        level("bufferLevel", level, runtime),
        options.maxBufferBytes(),
        options.slowerThan().orElse(null),
        pairs(options.debugFor()));
  }

  private static Map<String, Set<String>> pairs(List<String> debugFor) {
    Map<String, Set<String>> pairs = new HashMap<>();
    for (String pair : debugFor) {
      int end = pair.indexOf('=');
      pairs
          .computeIfAbsent(pair.substring(0, end).strip(), name -> new HashSet<>())
          .add(pair.substring(end + 1).strip());
    }
    return pairs;
  }

  /** The level that is asked for, or the platform's, which drops what is below. */
  private static Level level(String option, String name, FunctionRuntime runtime) {
    Level asked = Objects.requireNonNull(LogLevels.parse(name)); // the options were checked
    Level floor = LogLevels.of(runtime.config()).floor();
    if (floor.levelInt <= asked.levelInt) {
      return asked;
    }
    if (Warnings.first(option, runtime)) {
      Warnings.LOGGER.warn(LogLevels.dropped(option, asked, floor));
    }
    return floor;
  }

  /** What records do that have no link of their own: as the unit of work around them. */
  LinePolicy ofRecords() {
    return new LinePolicy(null, null, false, false, 0, null, notices);
  }
}
