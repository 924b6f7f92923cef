// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.event;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The getters of a class, or the accessors of a record; found once per class, thread-safe. */
final class BeanShape {
  private static final ClassValue<BeanShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected BeanShape computeValue(Class<?> type) {
          return new BeanShape(type);
        }
      };

  private final Map<String, Getter> exact = new TreeMap<>();
  private final Map<String, Getter> folded = new HashMap<>();

  /** A readable property, or, as an entry of {@code folded}, one of two with the same name. */
  private record Getter(String name, Method method, @Nullable Getter rival) {}

  private BeanShape(Class<?> type) {
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        add(component.getName(), component.getAccessor());
      }
    } else {
      addGetters(type);
    }
    for (Getter getter : exact.values()) {
      Getter other = folded.get(fold(getter.name));
      folded.put(fold(getter.name), new Getter(getter.name, getter.method, other));
    }
  }

  static BeanShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** The names of all properties, sorted. */
  Collection<String> names() {
    return exact.keySet();
  }

  /** A property by its exact name, else by the only one that differs in case, '-' and '_'. */
  @Nullable Object read(Object bean, String name) {
    Getter getter = exact.get(name);
    if (getter == null) {
      getter = folded.get(fold(name));
    }
    if (getter == null) {
      return null;
    }
    if (getter.rival != null) {
      throw EventValues.ambiguous(name, getter.rival.name, getter.name);
    }
    return invoke(getter.method, bean);
  }

  private static @Nullable Object invoke(Method method, Object bean) {
    try {
      return method.invoke(bean);
    } catch (InvocationTargetException e) {
      throw new EventViewException(
          method + " threw " + e.getTargetException().getClass().getName(), e.getTargetException());
    } catch (IllegalAccessException e) {
      throw new EventViewException(method + " is not accessible; export its package", e);
    }
  }

  private void addGetters(Class<?> type) {
    Method[] methods = type.getMethods(); // in no particular order
    Arrays.sort(methods, Comparator.comparing(Method::getName));
    for (Method method : methods) {
      String name = property(method);
      if (name != null && !exact.containsKey(name)) {
        add(name, method);
      }
    }
  }

  private void add(String name, Method method) {
    if (method.trySetAccessible()) {
      exact.put(name, new Getter(name, method, null));
    }
  }

  private static @Nullable String property(Method method) {
    Class<?> result = method.getReturnType();
    if (method.getParameterCount() > 0
        || Modifier.isStatic(method.getModifiers())
        || method.isSynthetic()
        || method.getDeclaringClass() == Object.class
        || result == void.class) {
      return null;
    }
    String name = method.getName();
    if (name.length() > 3 && name.startsWith("get")) {
      return decapitalized(name.substring(3));
    }
    boolean flag = result == boolean.class || result == Boolean.class;
    return flag && name.length() > 2 && name.startsWith("is")
        ? decapitalized(name.substring(2))
        : null;
  }

  /** {@code messageId}, but {@code SNS} and {@code S} as they are, as on the wire. */
  private static String decapitalized(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT))
        ? name
        : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static String fold(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
