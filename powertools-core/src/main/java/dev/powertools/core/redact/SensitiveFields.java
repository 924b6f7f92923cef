// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.redact;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether objects of a class may hold what is {@link Sensitive}: in a field, or in what a field's
 * declared type leads to. Classes of the JDK hold nothing of the kind themselves.
 */
final class SensitiveFields {

  private static final int MAX_ELEMENTS = 1_000;
  private static final int MAX_TYPES = 200;

  private static final ClassValue<Boolean> FOUND =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return reaches(type, new HashSet<>());
        }
      };

  private SensitiveFields() {}

  /** Whether the text of a value may show it: that of a container shows its elements'. */
  static boolean in(Object value) {
    if (value instanceof Iterable<?> elements && !(value instanceof Path)) {
      return inElements(elements);
    }
    if (value instanceof Map<?, ?> map) {
      return inElements(map.values()) || inElements(map.keySet());
    }
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() && in(optional.get());
    }
    if (value instanceof Object[] array) {
      return inElements(Arrays.asList(array));
    }
    Class<?> type = value.getClass();
    return isOfUser(type) && FOUND.get(type);
  }

  /** Containers in containers, and those that do not end, are taken for such: asking is dearer. */
  private static boolean inElements(Iterable<?> elements) {
    int asked = 0;
    for (Object element : elements) {
      boolean marked = element != null && element != elements && isMarkedOrContainer(element);
      if (marked || ++asked > MAX_ELEMENTS) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMarkedOrContainer(Object element) {
    Class<?> type = element.getClass();
    return element instanceof Iterable<?>
        || element instanceof Map<?, ?>
        || element instanceof Optional<?>
        || element instanceof Object[]
        || (isOfUser(type) && FOUND.get(type));
  }

  private static boolean isOfUser(Class<?> type) {
    return type.getClassLoader() != null && !type.isEnum();
  }

  private static boolean reaches(Type type, Set<Type> seen) {
    if (type instanceof Class<?> plain) {
      Class<?> element = plain.isArray() ? plain.getComponentType() : plain;
      return element != plain ? reaches(element, seen) : isMarked(plain, seen);
    }
    if (type instanceof ParameterizedType generic) {
      return reaches(generic.getRawType(), seen) || any(generic.getActualTypeArguments(), seen);
    }
    if (type instanceof GenericArrayType array) {
      return reaches(array.getGenericComponentType(), seen);
    }
    return type instanceof WildcardType wildcard && any(wildcard.getUpperBounds(), seen);
  }

  private static boolean any(Type[] types, Set<Type> seen) {
    for (Type type : types) {
      if (reaches(type, seen)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMarked(Class<?> type, Set<Type> seen) {
    for (Class<?> each = type; each != null && isOfUser(each); each = each.getSuperclass()) {
      if (!seen.add(each) || seen.size() > MAX_TYPES) {
        return false;
      }
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && isMarked(field, seen)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMarked(Field field, Set<Type> seen) {
    return field.isAnnotationPresent(Sensitive.class) || reaches(field.getGenericType(), seen);
  }
}
