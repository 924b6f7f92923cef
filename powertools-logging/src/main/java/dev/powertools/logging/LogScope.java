// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.internal.LiveInvocation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What logging keeps about one unit of work, and what goes with it: the user's keys, and the
 * members that all its lines have in common, written once. Thread-safe.
 */
final class LogScope {

  private final @Nullable LogScope parent;
  private final LiveInvocation function;
  private final LineSettings settings;
  private volatile Map<String, @Nullable Object> keys = Map.of();
  private volatile @Nullable PlatformFacts facts;
  private volatile @Nullable UnitLines lines;
  private boolean linked;
  private boolean carrying;

  private LogScope(LiveInvocation function) {
    FunctionInvocation enclosing = function.parent().orElse(null);
    this.parent = enclosing == null ? null : of((LiveInvocation) enclosing);
    this.function = function;
    this.settings = LineSettings.of(function.runtime());
    UnitLines around = parent == null ? null : parent.lines;
    this.lines = around == null ? null : around.inside(function);
  }

  static LogScope of(LiveInvocation function) {
    return function.part(LogScope.class, LogScope::new);
  }

  LineSettings settings() {
    return settings;
  }

  /** What is asked of the lines of this unit of work; {@code null} if nothing is. */
  @Nullable UnitLines lines() {
    return lines;
  }

  void lines(UnitLines value) {
    lines = value;
  }

  /** The keys of this unit of work, not those of the enclosing one; never changed. */
  Map<String, @Nullable Object> keys() {
    return keys;
  }

  /** That of the enclosing unit of work. */
  @Nullable LogScope parent() {
    return parent;
  }

  synchronized void put(String key, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(keys);
    changed.put(key, value);
    keys = changed;
  }

  synchronized void remove(String key) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(keys);
    changed.remove(key);
    keys = changed;
  }

  /**
   * Has the signals of this unit of work printed, unless those of the enclosing one are.
   *
   * @return whether this is the first link of this unit of work
   */
  synchronized boolean link(LiveInvocation invocation, SignalLines signals) {
    if (linked) {
      return false;
    }
    if (!isCovered()) {
      invocation.listen(signals);
    }
    linked = true;
    return true;
  }

  private boolean isCovered() {
    return parent != null && parent.isListening();
  }

  private synchronized boolean isListening() {
    return linked || isCovered();
  }

  /** Has the keys of a thread go along when work of this unit hops to another one. */
  synchronized void carryThreadKeys() {
    if (!carrying && function.isOpen()) {
      function.carry(ThreadKeys.Carrier.INSTANCE);
      carrying = true;
    }
  }

  /** The members of the platform's facts, as they stand in each line. */
  byte[] facts(LineForm form) {
    PlatformFacts present = facts;
    if (present == null || !present.isOf(form)) {
      present = new PlatformFacts(function, form);
      facts = present;
    }
    return present.members();
  }
}
