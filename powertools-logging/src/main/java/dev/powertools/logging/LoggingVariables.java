// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.ConfigKey;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the environment asks of all invocations. It stands over what the code says, since it is what
 * is changed in a hurry. A value that can't be used is one warning, and counts as not set: what is
 * logged never decides whether the function runs.
 */
final class LoggingVariables {

  private static final ConfigKey<Boolean> LOG_EVENT =
      ConfigKey.flag("POWERTOOLS_LOGGER_LOG_EVENT", "Whether events are logged.");
  private static final ConfigKey<Boolean> LOG_RESPONSE =
      ConfigKey.flag("POWERTOOLS_LOGGER_LOG_RESPONSE", "Whether responses are logged.");
  private static final ConfigKey<Boolean> LOG_ERROR =
      ConfigKey.flag("POWERTOOLS_LOGGER_LOG_ERROR", "Whether what handlers throw is logged.");
  private static final ConfigKey<Double> SAMPLE_RATE =
      ConfigKey.of(
          "POWERTOOLS_LOGGER_SAMPLE_RATE",
          "a number from 0 to 1",
          LoggingVariables::rate,
          "It is the share of invocations that are logged in detail.");
  private static final ConfigKey<String> BUFFER_LEVEL =
      ConfigKey.of(
          "POWERTOOLS_LOGGER_BUFFER_LEVEL",
          "one of TRACE, DEBUG, INFO, WARN and ERROR",
          LoggingVariables::level,
          "Lines down to it are kept until it is known whether they are wanted.");
  private static final ConfigKey<Integer> BUFFER_MAX_BYTES =
      size("POWERTOOLS_LOGGER_BUFFER_MAX_BYTES", "It is how much of the lines is kept.");
  private static final ConfigKey<Duration> SLOWER_THAN =
      ConfigKey.duration(
          "POWERTOOLS_LOGGER_SLOWER_THAN", "Kept lines of calls that take longer are written.");
  private static final ConfigKey<String[]> DEBUG_FOR =
      ConfigKey.of(
          "POWERTOOLS_LOGGER_DEBUG_FOR",
          "name=value, or several of them with commas in between",
          LoggingVariables::pairs,
          "It says for whom kept lines are written.");
  private static final ConfigKey<Boolean> COUNT_BYTES =
      ConfigKey.flag("POWERTOOLS_LOGGER_COUNT_BYTES", "Whether lines and bytes are counted.");
  private static final ConfigKey<Integer> MAX_BYTES =
      size("POWERTOOLS_LOGGER_MAX_BYTES", "It is how much an invocation may log.");
  private static final ConfigKey<Boolean> COLLAPSE_REPEATS =
      ConfigKey.flag("POWERTOOLS_LOGGER_COLLAPSE_REPEATS", "Whether repeats are written once.");
  private static final ConfigKey<Duration> DEADLINE_MARGIN =
      ConfigKey.duration(
          "POWERTOOLS_LOGGER_DEADLINE_MARGIN",
          "It is how long before the timeout it is told where the handler stands.");

  private final FunctionRuntime runtime;

  private LoggingVariables(FunctionRuntime runtime) {
    this.runtime = runtime;
  }

  /** The options, with what the environment says over them. */
  static LoggingOptions over(LoggingOptions options, FunctionRuntime runtime) {
    LoggingOptions.Builder all = options.toBuilder();
    LoggingVariables variables = new LoggingVariables(runtime);
    variables.flag(LOG_EVENT, all::logEvent);
    variables.flag(LOG_RESPONSE, all::logResponse);
    variables.flag(LOG_ERROR, all::logError);
    variables.read(SAMPLE_RATE, all::samplingRate);
    variables.read(BUFFER_LEVEL, all::bufferLevel);
    variables.read(BUFFER_MAX_BYTES, all::maxBufferBytes);
    variables.read(SLOWER_THAN, all::slowerThan);
    variables.read(DEBUG_FOR, all::debugFor);
    variables.flag(COUNT_BYTES, all::countBytes);
    variables.read(MAX_BYTES, all::maxBytes);
    variables.flag(COLLAPSE_REPEATS, all::collapseRepeats);
    variables.read(DEADLINE_MARGIN, all::deadlineMargin);
    return all.build();
  }

  private void flag(ConfigKey<Boolean> key, Runnable set) {
    read(
        key,
        value -> {
          if (value) {
            set.run();
          }
        });
  }

  private <T> void read(ConfigKey<T> key, Consumer<T> set) {
    T value = read(key);
    if (value != null) {
      set.accept(value);
    }
  }

  private <T> @Nullable T read(ConfigKey<T> key) {
    try {
      return runtime.config().find(key).orElse(null);
    } catch (ConfigurationException bad) {
      if (Warnings.first(key.name(), runtime)) {
        Warnings.LOGGER.warn("{} Until then it is as if it were not set.", bad.getMessage());
      }
      return null;
    }
  }

  private static ConfigKey<Integer> size(String name, String description) {
    return ConfigKey.of(
        name, "a whole number from 1 to 2147483647", LoggingVariables::size, description);
  }

  private static Integer size(String text) {
    int size = Integer.parseInt(text);
    require(size > 0);
    return size;
  }

  private static Double rate(String text) {
    double rate = Double.parseDouble(text);
    require(rate >= 0 && rate <= 1);
    return rate;
  }

  private static String level(String text) {
    require(LogLevels.parse(text) != null);
    return text;
  }

  private static String[] pairs(String text) {
    String[] pairs = text.split(",", -1);
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = pairs[i].strip();
      require(pairs[i].indexOf('=') > 0);
    }
    return pairs;
  }

  private static void require(boolean good) {
    if (!good) {
      throw new IllegalArgumentException();
    }
  }
}
