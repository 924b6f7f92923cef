// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Which classes are written by their getters. That takes databind, so it is asked for, and loaded,
 * once an object of a class with getters is there to be written, and not before.
 */
final class Beans {

  private static final ClassValue<Boolean> BEAN =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isOfUser(type) && !isValue(type) && hasGetter(type) && isReadable(type);
        }
      };

  private Beans() {}

  static boolean isBean(Class<?> type) {
    return type.getClassLoader() != null && BEAN.get(type);
  }

  private static boolean isOfUser(Class<?> type) {
    return Modifier.isPublic(type.getModifiers()) || !type.isHidden();
  }

  /** What says by its text what it is, and what it would be wrong to walk through. */
  private static boolean isValue(Class<?> type) {
    return CharSequence.class.isAssignableFrom(type)
        || Comparable.class.isAssignableFrom(type)
        || Number.class.isAssignableFrom(type)
        || Throwable.class.isAssignableFrom(type)
        || AutoCloseable.class.isAssignableFrom(type)
        || Thread.class.isAssignableFrom(type)
        || ClassLoader.class.isAssignableFrom(type);
  }

  private static boolean hasGetter(Class<?> type) {
    try {
      for (Method method : type.getMethods()) {
        if (isGetter(method)) {
          return true;
        }
      }
      return false;
    } catch (LinkageError e) {
      return false;
    }
  }

  private static boolean isGetter(Method method) {
    String name = method.getName();
    return method.getParameterCount() == 0
        && method.getDeclaringClass() != Object.class
        && !Modifier.isStatic(method.getModifiers())
        && method.getReturnType() != void.class
        && ((name.length() > 3 && name.startsWith("get"))
            || (name.length() > 2
                && name.startsWith("is")
                && method.getReturnType() == boolean.class));
  }

  /** Whether databind is there, and can make something of the class. */
  private static boolean isReadable(Class<?> type) {
    try {
      return BeanMembers.of(type).size() >= 0;
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }
}
