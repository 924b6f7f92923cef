// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

/** One form for every refused option. */
final class Options {
  private Options() {}

  static void require(boolean valid, String option, Object value, String expected) {
    if (!valid) {
      throw new IllegalArgumentException(option + " is '" + value + "': expected " + expected);
    }
  }
}
