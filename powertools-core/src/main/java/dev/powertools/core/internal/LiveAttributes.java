// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.Attributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one unit of work, over those of the enclosing one. They are written a few times and
 * read by each line of log: so the map is replaced under the lock and never changed. Thread-safe.
 */
final class LiveAttributes implements Attributes {

  private final @Nullable LiveAttributes parent;
  private volatile Map<AttributeKey<?>, Object> values;

  LiveAttributes(@Nullable LiveAttributes parent, Map<AttributeKey<?>, Object> facts) {
    this.parent = parent;
    this.values = facts;
  }

  @Override
  public <T> Optional<T> get(AttributeKey<T> key) {
    return Optional.ofNullable(find(key)).map(key.type()::cast);
  }

  private @Nullable Object find(AttributeKey<?> key) {
    Object own = values.get(key);
    return own != null || parent == null ? own : parent.find(key);
  }

  @Override
  public <T> void put(AttributeKey<T> key, T value) {
    Object checked = checked(key, value);
    synchronized (this) {
      refuseOtherKey(key);
      refuseSecondValue(key, checked);
      replace(key, checked);
    }
  }

  /** Two keys of one name must not disagree: flags decide what is kept apart. */
  private void refuseOtherKey(AttributeKey<?> key) {
    for (AttributeKey<?> present : values.keySet()) {
      if (present.equals(key) && !present.isSameAs(key)) {
        throw new IllegalArgumentException(
            "There are two keys for the attribute "
                + key
                + " with different types or flags. Declare it once, as a constant.");
      }
    }
    if (parent != null) {
      parent.refuseOtherKey(key);
    }
  }

  private static <T> Object checked(AttributeKey<T> key, T value) {
    if (!key.type().isInstance(value)) {
      throw new IllegalArgumentException(
          "The attribute " + key + " takes " + key.type().getName() + " and no null");
    }
    return value;
  }

  private void refuseSecondValue(AttributeKey<?> key, Object value) {
    Object present = key.isWriteOnce() ? find(key) : null;
    if (present != null && !present.equals(value)) {
      throw new IllegalStateException(
          "The attribute " + key + " is written once, and has another value already");
    }
  }

  private @Nullable Object replace(AttributeKey<?> key, @Nullable Object value) {
    Map<AttributeKey<?>, Object> changed = new LinkedHashMap<>(values);
    Object before = value == null ? changed.remove(key) : changed.put(key, value);
    values = changed;
    return before;
  }

  @Override
  public synchronized void remove(AttributeKey<?> key) {
    refuseOtherKey(key);
    if (!key.isWriteOnce()) {
      replace(key, null);
    }
  }

  @Override
  public <T> Restore during(AttributeKey<T> key, T value) {
    Object checked = checked(key, value);
    synchronized (this) {
      refuseOtherKey(key);
      refuseSecondValue(key, checked);
      Object before = replace(key, checked);
      return () -> restore(key, before);
    }
  }

  private synchronized void restore(AttributeKey<?> key, @Nullable Object before) {
    replace(key, before);
  }

  @Override
  public void forEach(BiConsumer<? super AttributeKey<?>, Object> action) {
    if (parent != null) {
      parent.forEach(
          (key, value) -> {
            if (!values.containsKey(key)) {
              action.accept(key, value);
            }
          });
    }
    values.forEach(action);
  }
}
