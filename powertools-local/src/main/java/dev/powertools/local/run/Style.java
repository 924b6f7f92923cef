// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.config.Config;

/**
 * Colours, where there is a terminal to show them and nobody objects.
 *
 * @param coloured whether text is coloured at all
 * @see <a href="https://no-color.org">NO_COLOR</a>
 */
record Style(boolean coloured) {

  static Style of(Config config, boolean terminal) {
    return new Style(
        terminal
            && config.variable("NO_COLOR").isEmpty()
            && !config.variable("TERM").orElse("").equals("dumb"));
  }

  String bold(String text) {
    return in("1", text);
  }

  String dim(String text) {
    return in("2", text);
  }

  String red(String text) {
    return in("31", text);
  }

  String green(String text) {
    return in("32", text);
  }

  String yellow(String text) {
    return in("33", text);
  }

  String cyan(String text) {
    return in("36", text);
  }

  private String in(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
