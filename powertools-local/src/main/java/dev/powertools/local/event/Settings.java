// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a builder has been told. Immutable. */
final class Settings {

  static final Settings NONE = new Settings(Map.of());

  private final Map<Setting<?>, Object> values;

  private Settings(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  <T> Settings with(Setting<T> setting, T value) {
    Map<Setting<?>, Object> changed = new HashMap<>(values);
    changed.put(setting, Objects.requireNonNull(value));
    return new Settings(changed);
  }

  /** These, and where they say nothing, the others. */
  Settings over(Settings others) {
    Map<Setting<?>, Object> all = new HashMap<>(others.values);
    all.putAll(values);
    return new Settings(all);
  }

  boolean has(Setting<?> setting) {
    return values.containsKey(setting);
  }

  @SuppressWarnings("unchecked") // a setting is told values of its type only
  <T> @Nullable T get(Setting<T> setting) {
    return (T) values.get(setting);
  }

  <T> T or(Setting<T> setting, T otherwise) {
    T value = get(setting);
    return value == null ? otherwise : value;
  }

  <E> List<E> list(Setting<List<E>> setting) {
    return or(setting, List.of());
  }

  <E> Settings adding(Setting<List<E>> setting, Collection<? extends E> elements) {
    List<E> all = new ArrayList<>(list(setting));
    all.addAll(elements);
    return with(setting, all);
  }

  /** A map in the order in which it was told. */
  <V> Map<String, V> map(Setting<Map<String, V>> setting) {
    return or(setting, Map.of());
  }

  <V> Settings putting(Setting<Map<String, V>> setting, String name, V value) {
    Map<String, V> all = new LinkedHashMap<>(map(setting));
    all.put(name, value);
    return with(setting, all);
  }
}
