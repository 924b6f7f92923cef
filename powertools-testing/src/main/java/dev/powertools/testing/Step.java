// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

/**
 * What may happen next.
 *
 * @param kind what
 * @param delivery the name of the delivery that it happens to; empty if to none
 */
record Step(Kind kind, String delivery) {

  /** What can happen. */
  enum Kind {
    /** A delivery starts, or goes on from the point where it is. */
    GO(""),
    /** A delivery dies where it is. */
    CRASH("crash-"),
    /** Time passes. */
    TIME("time");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /** As schedules are written: {@code A}, {@code crash-B}, {@code time}. */
  @Override
  public String toString() {
    return kind.word + delivery;
  }
}
