// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.json.JsonWriter;

/**
 * A text that stands in line after line, the name of a key or of a logger, and what is to be known
 * about it. Immutable.
 */
final class KnownText {

  private final String given;
  private final String clean;
  private final byte[] json;
  private final boolean reserved;
  private final boolean hidden;

  /**
   * Looks at a text.
   *
   * @param clean as it is written
   * @param reserved whether user's keys must not have this name
   * @param hidden whether the values of keys of this name are masked
   */
  KnownText(String given, String clean, boolean reserved, boolean hidden) {
    this.given = given;
    this.clean = clean;
    this.json = JsonWriter.string(clean);
    this.reserved = reserved;
    this.hidden = hidden;
  }

  boolean is(String text) {
    return given.equals(text);
  }

  String given() {
    return given;
  }

  /** As it is written. */
  String clean() {
    return clean;
  }

  /** Whether it is written as it was given. */
  boolean isWhole() {
    return clean.equals(given);
  }

  byte[] json() {
    return json;
  }

  boolean isReserved() {
    return reserved;
  }

  boolean isHidden() {
    return hidden;
  }
}
