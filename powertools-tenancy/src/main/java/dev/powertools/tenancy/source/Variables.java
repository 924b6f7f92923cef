// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.Config;

/** Replaces {@code ${NAME}} in values of annotations by environment variables. Stateless. */
public final class Variables {

  private Variables() {}

  /**
   * The text with each variable's value in its place.
   *
   * @throws ConfigurationException if a variable is not set, or its braces are not closed
   */
  public static String replaced(String text, Config config) {
    int from = text.indexOf("${");
    if (from < 0) {
      return text;
    }
    int to = text.indexOf('}', from);
    if (to < 0) {
      throw new ConfigurationException(
          "\"" + text + "\" begins a variable and does not end it. Write ${NAME}.");
    }
    String name = text.substring(from + 2, to);
    String value =
        config
            .variable(name)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "\""
                            + text
                            + "\" names the environment variable "
                            + name
                            + ", which is not set. Set it, or write the value itself."));
    return text.substring(0, from) + value + replaced(text.substring(to + 1), config);
  }
}
