// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Timing;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The ways to dead-letter queues that are closed: where the function may not send, or the queue is
 * not there, no other attempt is made for {@link #PAUSE}, then one, whose success opens the way
 * again. Part of a runtime; thread-safe.
 */
final class DeadLetterPaths {

  static final Duration PAUSE = Duration.ofMinutes(1);

  private final Timing timing;
  private final Map<String, Long> closedSince = new HashMap<>();
  private final Set<String> warned = new HashSet<>();

  private DeadLetterPaths(Timing timing) {
    this.timing = timing;
  }

  static DeadLetterPaths of(FunctionRuntime runtime) {
    return runtime.part(DeadLetterPaths.class, r -> new DeadLetterPaths(r.timing()));
  }

  /**
   * Whether to try; of all that ask when a pause is over, the first only, until it has succeeded.
   */
  synchronized boolean mayTry(String path) {
    Long since = closedSince.get(path);
    if (since == null) {
      return true;
    }
    boolean over = timing.nanoTime() - since >= PAUSE.toNanos();
    if (over) {
      closedSince.put(path, timing.nanoTime());
    }
    return over;
  }

  /** The queue has answered. */
  synchronized void open(String path) {
    closedSince.remove(path);
  }

  /** The queue can't be used; whether that is news, and worth a warning. */
  synchronized boolean close(String path) {
    closedSince.put(path, timing.nanoTime());
    return warned.add(path);
  }
}
