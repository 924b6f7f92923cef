// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

/** On which side of the toolkit's own link of the same {@link Phase} a link stands. */
public enum Side {
  /** Before (around) the toolkit's own link. */
  OUTSIDE,
  /** The place of the toolkit's own link of the phase. */
  OWN,
  /** After (within) the toolkit's own link. */
  INSIDE,
  /**
   * In no place: the annotation says more about another one on the same element, and its factory
   * makes no link. Any number of such may stand there.
   */
  BESIDE
}
