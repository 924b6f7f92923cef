// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import dev.powertools.core.Attributes.Restore;
import dev.powertools.core.ContextCarrier;
import dev.powertools.core.internal.LiveInvocation;
import org.jspecify.annotations.Nullable;

/**
 * A key that {@link Logs#with} added on a thread, over those added before. It belongs to the unit
 * of work in which it was added and is seen in that and in its records only: so one that is never
 * closed is not seen in the next invocation on the thread. Immutable.
 */
final class ThreadKeys {

  private static final ThreadLocal<@Nullable ThreadKeys> TOP = new ThreadLocal<>();

  private final String key;
  private final @Nullable Object value;
  private final @Nullable LiveInvocation function;
  private final Object token;
  private final @Nullable ThreadKeys below;

  /** The token stands for the addition in copies too. */
  private ThreadKeys(
      String key,
      @Nullable Object value,
      @Nullable LiveInvocation function,
      Object token,
      @Nullable ThreadKeys below) {
    this.key = key;
    this.value = value;
    this.function = function;
    this.token = token;
    this.below = below;
  }

  String key() {
    return key;
  }

  @Nullable Object value() {
    return value;
  }

  /** What was added before. */
  @Nullable ThreadKeys below() {
    return below;
  }

  static @Nullable ThreadKeys top() {
    return TOP.get();
  }

  static Restore add(String key, @Nullable Object value, @Nullable LiveInvocation function) {
    Object token = new Object();
    TOP.set(new ThreadKeys(key, value, function, token, withoutEnded(TOP.get())));
    return () -> set(without(token, TOP.get()));
  }

  /** Whether lines of {@code current} have this key. */
  boolean isSeenIn(@Nullable LiveInvocation current) {
    for (LiveInvocation each = current; each != null; each = enclosing(each)) {
      if (each == function) {
        return true;
      }
    }
    return current == function;
  }

  private static @Nullable LiveInvocation enclosing(LiveInvocation function) {
    return (LiveInvocation) function.parent().orElse(null);
  }

  private static @Nullable ThreadKeys withoutEnded(@Nullable ThreadKeys top) {
    ThreadKeys each = top;
    while (each != null && each.function != null && !each.function.isOpen()) {
      each = each.below;
    }
    return each;
  }

  private static @Nullable ThreadKeys without(Object token, @Nullable ThreadKeys top) {
    if (top == null || top.token == token) {
      return top == null ? null : top.below;
    }
    ThreadKeys below = without(token, top.below);
    return below == top.below
        ? top
        : new ThreadKeys(top.key, top.value, top.function, top.token, below);
  }

  private static void set(@Nullable ThreadKeys keys) {
    if (keys == null) {
      TOP.remove();
    } else {
      TOP.set(keys);
    }
  }

  /** Takes them over a thread hop. */
  enum Carrier implements ContextCarrier {
    /** The only one. */
    INSTANCE;

    @Override
    public Captured capture() {
      ThreadKeys captured = TOP.get();
      return () -> {
        ThreadKeys before = TOP.get();
        set(captured);
        return () -> set(before);
      };
    }
  }
}
