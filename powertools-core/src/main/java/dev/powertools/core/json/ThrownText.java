// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written in the place of a value whose methods throw. */
final class ThrownText {

  private ThrownText() {}

  /** In the place of a whole value. */
  static String of(Object value, Throwable thrown) {
    boolean iterated = value instanceof Map || value instanceof Iterable;
    return of(iterated ? "iterating" : "toString()", value, thrown);
  }

  /** In the place of what {@code doing} was to give. */
  static String of(String doing, @Nullable Object value, Throwable thrown) {
    Throwable cause = thrown;
    if (thrown instanceof InvocationTargetException && thrown.getCause() != null) {
      cause = thrown.getCause();
    }
    String of = value == null ? "null" : value.getClass().getName();
    return "!" + doing + " of " + of + " threw " + cause.getClass().getName();
  }
}
