// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a handler object keeps: the fields of the user's classes that can be reached from it, static
 * ones included. Containers of the JDK are looked into by their public methods; other classes of
 * the JDK and of libraries are values without parts, so no {@code --add-opens} is needed.
 *
 * <p>A user's class is one that was compiled into a folder, or comes from the handler's own jar.
 */
final class HandlerState {
  private static final String RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Class<?>> seenTypes = new HashSet<>();
  private final Deque<Object> toVisit = new ArrayDeque<>();
  private final Map<String, List<@Nullable Object>> values = new TreeMap<>();
  private @Nullable URL home;

  private HandlerState() {}

  /** Looks at everything that can be reached from a handler, now. */
  static HandlerState of(Object handler) {
    HandlerState state = new HandlerState();
    state.add(handler);
    while (!state.toVisit.isEmpty()) {
      state.visit(state.toVisit.remove());
    }
    return state;
  }

  /** The values of each field, by {@code Class.field}; several objects may have one. */
  Map<String, List<@Nullable Object>> values() {
    return values;
  }

  /** Everything that was reached. */
  Set<Object> objects() {
    return seen;
  }

  /** Each field with a print of its value that differs if the value does. */
  Map<String, String> prints() {
    Map<String, String> prints = new TreeMap<>();
    values.forEach(
        (field, all) ->
            prints.put(field, String.join(";", all.stream().map(HandlerState::print).toList())));
    return prints;
  }

  /** The fields that one look shows otherwise than another. */
  static Set<String> differences(Map<String, String> before, Map<String, String> after) {
    Set<String> different = new TreeSet<>();
    after.forEach(
        (field, print) -> {
          if (before.containsKey(field) && !print.equals(before.get(field))) {
            different.add(field);
          }
        });
    return different;
  }

  private void visit(Object object) {
    Class<?> type = object.getClass();
    if (type.isArray()) {
      for (int i = 0; !type.getComponentType().isPrimitive() && i < Array.getLength(object); i++) {
        add(Array.get(object, i));
      }
    } else if (isUsers(type) || isWrapper(type)) {
      for (Class<?> each = type;
          each != null && each != Object.class;
          each = each.getSuperclass()) {
        fields(each, object);
      }
    } else {
      contents(object).forEach(this::add);
    }
  }

  private void fields(Class<?> type, Object object) {
    boolean users = isUsers(type);
    if (!users && !isWrapper(type)) {
      return;
    }
    boolean first = seenTypes.add(type);
    for (Field field : type.getDeclaredFields()) {
      boolean isStatic = Modifier.isStatic(field.getModifiers());
      if ((isStatic && !(first && users)) || (field.isSynthetic() && users && isStatic)) {
        continue;
      }
      Object value = read(field, object);
      if (users && !field.isSynthetic()) {
        values.computeIfAbsent(name(field), f -> new ArrayList<>()).add(value);
      }
      add(value);
    }
  }

  private static @Nullable Object read(Field field, Object object) {
    try {
      return field.trySetAccessible() ? field.get(object) : null;
    } catch (IllegalAccessException e) {
      return null; // what can't be read is not looked at
    }
  }

  private static String name(Field field) {
    String type = field.getDeclaringClass().getName();
    return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + field.getName();
  }

  private void add(@Nullable Object value) {
    if (value != null && seen.add(value)) {
      toVisit.add(value);
    }
  }

  private boolean isUsers(Class<?> type) {
    URL source = location(type);
    if (source == null || isWrapper(type) || source.equals(location(HandlerState.class))) {
      return false;
    }
    if (home == null) {
      home = source; // the first class inside the wrappers is the handler's
    }
    return source.getPath().endsWith("/") || source.equals(home);
  }

  /** What the runtime client, and this module, put around the handler. */
  private static boolean isWrapper(Class<?> type) {
    return type.getName().startsWith(RUNTIME_CLIENT)
        || type.getNestHost() == RuntimeClientAccess.class;
  }

  private static @Nullable URL location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? null : source.getLocation();
  }

  private static Collection<?> contents(Object value) {
    try {
      if (value instanceof Map<?, ?> map) {
        List<@Nullable Object> all = new ArrayList<>(map.keySet());
        all.addAll(map.values());
        return all;
      }
      if (value instanceof Collection<?> collection) {
        return new ArrayList<>(collection);
      }
    } catch (RuntimeException changing) {
      return List.of(); // another thread writes to it: that shows elsewhere
    }
    if (value instanceof AtomicReference<?> reference) {
      return reference.get() == null ? List.of() : List.of(reference.get());
    }
    return value instanceof Optional<?> optional ? optional.stream().toList() : List.of();
  }

  private static String print(@Nullable Object value) {
    if (value == null || isPlain(value)) {
      return String.valueOf(value);
    }
    StringBuilder print = new StringBuilder(identity(value));
    if (value.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(value); i++) {
        print.append(',').append(element(Array.get(value, i)));
      }
    } else {
      contents(value).forEach(each -> print.append(',').append(element(each)));
    }
    return print.toString();
  }

  private static String element(@Nullable Object value) {
    return value == null || isPlain(value) ? String.valueOf(value) : identity(value);
  }

  private static boolean isPlain(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof AtomicBoolean
        || value instanceof Enum<?>;
  }

  private static String identity(Object value) {
    return value.getClass().getName() + "@" + System.identityHashCode(value);
  }
}
