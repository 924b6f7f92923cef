// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import dev.powertools.core.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The level of the root logger: the less verbose one of what the function and the platform ask for.
 *
 * @param root the level
 * @param warnings what is to be said about it
 */
record LogLevels(Level root, List<String> warnings) {

  private static final String OURS = "POWERTOOLS_LOG_LEVEL";
  private static final String PLATFORM = "AWS_LAMBDA_LOG_LEVEL";

  static LogLevels of(Config config) {
    List<String> warnings = new ArrayList<>(0);
    Level ours = read(OURS, config, warnings);
    Level platform = read(PLATFORM, config, warnings);
    if (ours == null) {
      return new LogLevels(platform == null ? Level.INFO : platform, warnings);
    }
    if (platform != null && platform.levelInt > ours.levelInt) {
      if (warnings.isEmpty()) {
        warnings.add(dropped(ours, platform));
      }
      return new LogLevels(platform, warnings);
    }
    return new LogLevels(ours, warnings);
  }

  private static @Nullable Level read(String variable, Config config, List<String> warnings) {
    String text = config.variable(variable).orElse(null);
    if (text == null) {
      return null;
    }
    Level level = parse(text.strip().toUpperCase(Locale.ROOT));
    if (level == null) {
      warnings.add(unknown(variable, text));
      return Level.INFO;
    }
    return level;
  }

  private static @Nullable Level parse(String name) {
    return switch (name) {
      case "TRACE" -> Level.TRACE;
      case "DEBUG" -> Level.DEBUG;
      case "INFO" -> Level.INFO;
      case "WARN", "WARNING" -> Level.WARN;
      case "ERROR", "FATAL", "CRITICAL" -> Level.ERROR;
      default -> null;
    };
  }

  private static String unknown(String variable, String text) {
    return "The environment variable "
        + variable
        + " is \""
        + text
        + "\", which is no level; INFO is used. Set it to TRACE, DEBUG, INFO, WARN or ERROR.";
  }

  private static String dropped(Level ours, Level platform) {
    return OURS
        + " asks for "
        + ours
        + ", but the platform drops what is below "
        + PLATFORM
        + ", which is "
        + platform
        + "; so "
        + platform
        + " is used. Lower the function's application log level to see more.";
  }
}
