// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;

/** How many frames of failures dead letters show; loaded only where somebody asks for some. */
final class FailureFrames {

  static final String VARIABLE = "POWERTOOLS_DEAD_LETTER_FRAMES";

  private static final int MOST = 32;
  private static final ConfigKey<Integer> KEY =
      ConfigKey.of(
              VARIABLE,
              "a whole number from 0 to " + MOST,
              FailureFrames::read,
              "How many frames of a failure its dead letter shows.")
          .withDefault(0);

  private FailureFrames() {}

  /**
   * What the environment says.
   *
   * @throws ConfigurationException if that is no such number
   */
  static int of(Config config) {
    return config.get(KEY);
  }

  private static Integer read(String text) {
    int frames = Integer.parseInt(text);
    if (!isPossible(frames)) {
      throw new IllegalArgumentException("out of range");
    }
    return frames;
  }

  /**
   * Refuses what no stack has, and what no note should show.
   *
   * @throws ConfigurationException if it is not from 0 to 32
   */
  static int checked(int frames) {
    if (!isPossible(frames)) {
      throw new ConfigurationException(
          "@DeadLetter(frames = " + frames + "): expected 0 to " + MOST);
    }
    return frames;
  }

  private static boolean isPossible(int frames) {
    return frames >= 0 && frames <= MOST;
  }
}
