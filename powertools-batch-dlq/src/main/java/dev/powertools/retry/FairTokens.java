// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import org.jspecify.annotations.Nullable;

/**
 * A bucket that several senders take from. It remembers who got the last tokens, and a sender takes
 * one only while there are as many as it got of those: one that always fails gets half of what
 * there is at once and from then on what it pays for by its first attempts, and the rest is there
 * for whoever fails once in a while. Senders are told apart by their hashes. Thread-safe.
 */
final class FairTokens {

  private static final int MOST_REMEMBERED = 256;

  private final TokenBucket bucket;
  private final int size;
  private final int[] lately;
  private int granted;

  /**
   * Fills it.
   *
   * @param share the part of a token that {@link #add} adds
   * @param tokens with how many it begins, and how many it holds at most
   */
  FairTokens(double share, int tokens) {
    this.bucket = new TokenBucket(share, tokens, tokens);
    this.size = tokens;
    this.lately = new int[Math.min(tokens, MOST_REMEMBERED)];
  }

  /** Adds the share of a token; what does not fit is lost. */
  void add() {
    bucket.add();
  }

  /** Takes a token; false if there is none for this sender. */
  boolean take(@Nullable String sender) {
    return (sender == null || lately.length == 0) ? bucket.take() : takeFairly(sender.hashCode());
  }

  private synchronized boolean takeFairly(int sender) {
    if (!bucket.takeOf(Math.max(1, leftToOthersBy(sender)))) {
      return false;
    }
    lately[granted++ % lately.length] = sender;
    granted = granted == 2 * lately.length ? lately.length : granted;
    return true;
  }

  private long leftToOthersBy(int sender) {
    long own = 0;
    for (int i = 0; i < Math.min(granted, lately.length); i++) {
      own += lately[i] == sender ? 1 : 0;
    }
    return own * size / lately.length;
  }
}
