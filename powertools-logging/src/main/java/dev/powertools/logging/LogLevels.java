// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.powertools.core.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The level of the root logger: the less verbose one of what the function and the platform ask for.
 *
 * @param root the level
 * @param floor what the platform lets through, and nothing can go below
 * @param warnings what is to be said about them
 */
record LogLevels(Level root, Level floor, List<String> warnings) {

  private static final String OURS = "POWERTOOLS_LOG_LEVEL";
  private static final String SDK = "software.amazon.awssdk.";
  private static final String PLATFORM = "AWS_LAMBDA_LOG_LEVEL";

  static LogLevels of(Config config) {
    List<String> warnings = new ArrayList<>(0);
    Level ours = read(OURS, config, warnings);
    Level platform = read(PLATFORM, config, warnings);
    Level floor = platform == null ? Level.TRACE : platform;
    if (ours == null) {
      return new LogLevels(platform == null ? Level.INFO : platform, floor, warnings);
    }
    if (floor.levelInt > ours.levelInt) {
      if (warnings.isEmpty()) {
        warnings.add(dropped(OURS, ours, floor));
      }
      return new LogLevels(floor, floor, warnings);
    }
    return new LogLevels(ours, floor, warnings);
  }

  /** Whether the settings say anything about levels. */
  static boolean isSaid(Config config) {
    return config.variable(OURS).isPresent() || config.variable(PLATFORM).isPresent();
  }

  /**
   * Whether a logger may be lowered for one unit of work where nobody names it: it has its level
   * from the root, and is not one of the AWS SDK's, whose details are many, and have signatures and
   * whole bodies in them.
   */
  static boolean mayBeLowered(Logger logger) {
    return !logger.getName().startsWith(SDK) && isRoots(logger);
  }

  /** Whether a logger has its level from the root: neither it nor one above it has its own. */
  static boolean isRoots(Logger logger) {
    LoggerContext context = logger.getLoggerContext();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (logger.getLevel() != null || logger.getEffectiveLevel() != root.getLevel()) {
      return logger == root;
    }
    String name = logger.getName();
    for (int end = parentEnd(name); end >= 0; end = parentEnd(name)) {
      name = name.substring(0, end);
      Logger parent = context.exists(name);
      if (parent != null && parent.getLevel() != null) {
        return false;
      }
    }
    return true;
  }

  /** Where the name of the parent ends, as Logback sees it. */
  private static int parentEnd(String name) {
    return Math.max(name.lastIndexOf('.'), name.lastIndexOf('$'));
  }

  private static @Nullable Level read(String variable, Config config, List<String> warnings) {
    String text = config.variable(variable).orElse(null);
    if (text == null) {
      return null;
    }
    Level level = parse(text);
    if (level == null) {
      warnings.add(unknown(variable, text));
      return Level.INFO;
    }
    return level;
  }

  /** The level that a text names; {@code null} if there is none of that name. */
  static @Nullable Level parse(String text) {
    return switch (text.strip().toUpperCase(Locale.ROOT)) {
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

  /** That the platform drops some of what somebody asks for. */
  static String dropped(String who, Level wanted, Level platform) {
    return who
        + " asks for "
        + wanted
        + ", but the platform drops what is below "
        + PLATFORM
        + ", which is "
        + platform
        + "; so "
        + platform
        + " is used. Lower the function's application log level to see more.";
  }
}
