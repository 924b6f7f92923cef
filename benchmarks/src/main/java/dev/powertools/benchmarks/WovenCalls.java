// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

/** Methods that cost next to nothing themselves. */
public class WovenCalls {

  private int counter;

  /** Not woven. */
  public int direct(int step) {
    counter += step;
    return counter;
  }

  /** Woven, and the chain is empty. */
  @Passed(on = false)
  public int emptyChain(int step) {
    counter += step;
    return counter;
  }

  /** Woven, with one link that does nothing. */
  @Passed(on = true)
  public int oneLink(int step) {
    counter += step;
    return counter;
  }
}
