// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batchmodel;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What really happened in one invocation, up to its answer. Thread-safe. */
final class Delivery {

  final List<String> given;
  final Map<String, Integer> attempts = new ConcurrentHashMap<>();
  private final Set<String> done = ConcurrentHashMap.newKeySet();
  private final Set<String> parked = ConcurrentHashMap.newKeySet();
  private volatile boolean answered;
  private volatile List<String> failed = List.of();
  private volatile long left;

  Delivery(List<String> given) {
    this.given = given;
  }

  void attempted(String id) {
    attempts.merge(id, 1, Integer::sum);
  }

  void done(String id) {
    if (!answered) {
      done.add(id);
    }
  }

  void parked(String id) {
    parked.add(id);
  }

  void answer(List<String> named, long leftMillis) {
    this.failed = List.copyOf(named);
    this.left = leftMillis;
    this.answered = true;
  }

  boolean isAnswered() {
    return answered;
  }

  List<String> failed() {
    return failed;
  }

  long left() {
    return left;
  }

  /** Whether it was answered since all had run, and not since time was up. */
  boolean endedByItself() {
    return left > Plan.RESERVE.toMillis();
  }

  Set<String> acknowledged() {
    Set<String> rest = new HashSet<>(given);
    rest.removeAll(failed);
    return rest;
  }

  Set<String> done() {
    return Collections.unmodifiableSet(done);
  }

  Set<String> parked() {
    return Collections.unmodifiableSet(parked);
  }
}
