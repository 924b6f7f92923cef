// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The collaborators of one runtime, each made once. Making one may ask for another, so no lock is
 * held over all of them. Thread-safe.
 */
public final class RuntimeParts {

  private final Map<Class<?>, Supplier<?>> given;
  private final Map<Class<?>, Once> made = new ConcurrentHashMap<>();

  /** Parts that were given; the rest is made by default when asked for. */
  public RuntimeParts(Map<Class<?>, Supplier<?>> given) {
    this.given = new HashMap<>(given);
  }

  /** What was given. */
  public Map<Class<?>, Supplier<?>> givenSuppliers() {
    return new HashMap<>(given);
  }

  /** The given part of a type. */
  public <T> Optional<T> find(Class<T> type) {
    Supplier<?> supplier = given.get(type);
    return supplier == null ? Optional.empty() : Optional.of(once(type, supplier));
  }

  /** The given part of a type, or the default. */
  public <T> T get(Class<T> type, Supplier<? extends T> makeDefault) {
    Supplier<?> supplier = given.get(type);
    return once(type, supplier == null ? makeDefault : supplier);
  }

  private <T> T once(Class<T> type, Supplier<?> supplier) {
    Once once = made.get(type);
    if (once == null) {
      Once mine = new Once();
      Once theirs = made.putIfAbsent(type, mine);
      once = theirs == null ? mine : theirs;
    }
    return type.cast(once.get(supplier));
  }

  private static final class Once {
    private volatile @Nullable Object value;

    Object get(Supplier<?> supplier) {
      Object present = value;
      return present != null ? present : make(supplier);
    }

    private synchronized Object make(Supplier<?> supplier) {
      Object present = value;
      if (present == null) {
        present = supplier.get();
        value = present;
      }
      return present;
    }
  }
}
