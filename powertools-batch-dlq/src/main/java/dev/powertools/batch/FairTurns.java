// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The strands of a batch that wait for their turn, by whose they are: next is always one of the key
 * with the fewest at work, and among those the one that has waited longest. So a key may use every
 * permit that nobody else has a record for, and none beyond that. A record without a key is its
 * own. The caller guards it.
 */
final class FairTurns extends AbstractQueue<int[]> {

  private static final Comparator<Share> FEWEST_AT_WORK =
      Comparator.comparingInt((Share share) -> share.atWork)
          .thenComparingInt(share -> share.waiting.element()[0]);

  private final IntFunction<@Nullable String> keys;
  private final Map<Object, Share> shares = new HashMap<>();
  private final TreeSet<Share> waiting = new TreeSet<>(FEWEST_AT_WORK);
  private int size;

  FairTurns(IntFunction<@Nullable String> keys) {
    this.keys = keys;
  }

  /** What is of one key. In the set only while something waits, and never changed in there. */
  private static final class Share {
    private final ArrayDeque<int[]> waiting = new ArrayDeque<>();
    private int atWork;
  }

  private Share share(int[] strand) {
    String key = keys.apply(strand[0]);
    return shares.computeIfAbsent(key == null ? strand[0] : key, k -> new Share());
  }

  @Override
  public boolean offer(int[] strand) {
    Share share = share(strand);
    takeOut(share);
    share.waiting.add(strand);
    putBack(share);
    size++;
    return true;
  }

  @Override
  public int @Nullable [] poll() {
    Share share = waiting.pollFirst();
    if (share == null) {
      return null;
    }
    int[] strand = share.waiting.remove();
    share.atWork++;
    putBack(share);
    size--;
    return strand;
  }

  /** A strand that was taken has come to its end. */
  void ended(int[] strand) {
    Share share = share(strand);
    takeOut(share);
    share.atWork--;
    putBack(share);
  }

  private void takeOut(Share share) {
    if (!share.waiting.isEmpty()) {
      waiting.remove(share);
    }
  }

  private void putBack(Share share) {
    if (!share.waiting.isEmpty()) {
      waiting.add(share);
    }
  }

  @Override
  public int @Nullable [] peek() {
    return waiting.isEmpty() ? null : waiting.first().waiting.peek();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Iterator<int[]> iterator() {
    throw new UnsupportedOperationException("strands are taken one by one");
  }
}
