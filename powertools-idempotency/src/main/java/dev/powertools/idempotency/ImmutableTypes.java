// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.Outcome;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tells the types whose values nobody can change, all the way down. When in doubt, not. */
final class ImmutableTypes {

  private static final Set<Class<?>> KNOWN =
      Set.of(
          String.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Character.class,
          BigDecimal.class,
          BigInteger.class,
          UUID.class,
          Void.class,
          Outcome.class);

  private ImmutableTypes() {}

  /** Whether a type is one. */
  static boolean include(Type type) {
    return include(type, new HashSet<>());
  }

  private static boolean include(Type type, Set<Class<?>> seen) {
    if (type instanceof Class<?> c) {
      return c.isPrimitive() || KNOWN.contains(c) || isOfTime(c) || c.isEnum() || isRecord(c, seen);
    }
    return type instanceof ParameterizedType p
        && p.getRawType() == Optional.class
        && include(p.getActualTypeArguments()[0], seen);
  }

  private static boolean isOfTime(Class<?> type) {
    return type.getPackageName().equals("java.time");
  }

  /** A type that holds itself is one if the rest of it is. */
  private static boolean isRecord(Class<?> type, Set<Class<?>> seen) {
    if (!type.isRecord()) {
      return false;
    }
    if (seen.add(type)) {
      for (RecordComponent component : type.getRecordComponents()) {
        if (!include(component.getGenericType(), seen)) {
          return false;
        }
      }
    }
    return true;
  }
}
