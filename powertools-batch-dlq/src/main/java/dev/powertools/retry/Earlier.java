// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attaches the failures of earlier attempts to the last one, so that nothing is told twice and
 * nothing runs in circles: work may throw one and the same exception each time, or wrap the last
 * failure in the next.
 */
final class Earlier {

  /** What is larger than that is not looked through, and nothing is attached to it. */
  private static final int MOST = 256;

  private Earlier() {}

  /** Attaches them in their order; the latest count where one contains the other. */
  static void attach(Throwable last, List<Throwable> earlier) {
    Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(last, told);
    List<Throwable> news = new ArrayList<>();
    for (int i = earlier.size() - 1; i >= 0; i--) {
      Throwable each = earlier.get(i);
      if (!told.contains(each) && told.size() < MOST && !isWithin(last, each)) {
        news.add(0, each);
        collect(each, told);
      }
    }
    news.forEach(last::addSuppressed);
  }

  private static boolean isWithin(Throwable wanted, Throwable failure) {
    Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(failure, all);
    return all.contains(wanted) || all.size() >= MOST;
  }

  private static void collect(Throwable failure, Set<Throwable> all) {
    Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
    while (!open.isEmpty() && all.size() < MOST) {
      Throwable each = open.remove();
      if (all.add(each)) {
        Throwable cause = causeOf(each);
        if (cause != null) {
          open.add(cause);
        }
        open.addAll(List.of(each.getSuppressed()));
      }
    }
  }

  /** A user's exception may override {@code getCause} and throw there; then it has none. */
  private static @Nullable Throwable causeOf(Throwable failure) {
    try {
      return failure.getCause();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return null;
    }
  }
}
