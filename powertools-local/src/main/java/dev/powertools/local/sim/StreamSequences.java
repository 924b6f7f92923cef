// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.math.BigInteger;

/**
 * Sequence numbers: growing with gaps. They begin just below a power of ten, so that whoever
 * compares them as text gets the order wrong after the first few records. Confined to its
 * simulator's lock.
 */
final class StreamSequences {

  private static final int WIDEST_GAP = 3;

  private final StreamIds gaps;
  private BigInteger last;

  StreamSequences(int digits, long seed) {
    this.gaps = new StreamIds(seed);
    this.last = BigInteger.TEN.pow(digits).subtract(BigInteger.valueOf(WIDEST_GAP + 1));
  }

  BigInteger next() {
    last = last.add(BigInteger.valueOf(gaps.upTo(WIDEST_GAP)));
    return last;
  }
}
