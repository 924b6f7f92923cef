// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tokens that come in parts and go whole. Counted in thousandths, so that nothing is lost by
 * rounding. Thread-safe.
 */
final class TokenBucket {

  private static final long TOKEN = 1000;

  private final long share;
  private final long most;
  private final AtomicLong held;

  /**
   * Fills it.
   *
   * @param share the part of a token that {@link #add} adds
   * @param tokens with how many it begins
   * @param most how many it holds at most
   */
  TokenBucket(double share, long tokens, long most) {
    this.share = Math.round(share * TOKEN);
    this.most = most * TOKEN;
    this.held = new AtomicLong(tokens * TOKEN);
  }

  /** Adds the share of a token; what does not fit is lost. */
  void add() {
    add(share);
  }

  /** Takes a token; false if there is none. */
  boolean take() {
    return takeOf(1);
  }

  /**
   * Takes a token of so many.
   *
   * @param least how many there have to be; one at least
   */
  boolean takeOf(long least) {
    long before = held.get();
    while (before >= least * TOKEN) {
      if (held.compareAndSet(before, before - TOKEN)) {
        return true;
      }
      before = held.get();
    }
    return false;
  }

  /** Puts a token back that was taken and not used. */
  void putBack() {
    add(TOKEN);
  }

  private void add(long thousandths) {
    long before = held.get();
    while (before < most && !held.compareAndSet(before, Math.min(most, before + thousandths))) {
      before = held.get();
    }
  }
}
