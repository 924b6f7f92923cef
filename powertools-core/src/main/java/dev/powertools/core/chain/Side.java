// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

/** On which side of the toolkit's own link of the same {@link Phase} a link stands. */
public enum Side {
  /** Before (around) the toolkit's own link. */
  OUTSIDE,
  /** The place of the toolkit's own link of the phase. */
  OWN,
  /** After (within) the toolkit's own link. */
  INSIDE
}
