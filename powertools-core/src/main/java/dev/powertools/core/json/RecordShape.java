// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import dev.powertools.core.redact.Sensitive;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** The components of a record class and how to read them; found once per class, thread-safe. */
final class RecordShape {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type.getRecordComponents());
        }
      };

  private final String[] names;
  private final Method[] accessors;
  private final RecordComponent[] components;
  private volatile boolean @Nullable [] sensitive; // found when first asked for
  private final boolean readable;

  private RecordShape(RecordComponent[] components) {
    names = new String[components.length];
    accessors = new Method[components.length];
    this.components = components;
    boolean all = true;
    for (int i = 0; i < components.length; i++) {
      names[i] = components[i].getName();
      accessors[i] = components[i].getAccessor();
      all &= accessors[i].trySetAccessible();
    }
    readable = all;
  }

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** Whether the record's module lets us read it. */
  boolean isReadable() {
    return readable;
  }

  int size() {
    return names.length;
  }

  String name(int i) {
    return names[i];
  }

  /** Whether the component is marked {@link Sensitive}. */
  boolean isSensitive(int i) {
    return sensitive()[i];
  }

  private boolean[] sensitive() {
    boolean[] found = sensitive;
    if (found == null) {
      found = new boolean[components.length];
      for (int i = 0; i < found.length; i++) {
        found[i] = isMarked(components[i]);
      }
      sensitive = found;
    }
    return found;
  }

  private static boolean isMarked(RecordComponent component) {
    return component.isAnnotationPresent(Sensitive.class)
        || component.getAccessor().isAnnotationPresent(Sensitive.class);
  }

  @Nullable Object read(Record record, int i)
      throws InvocationTargetException, IllegalAccessException {
    return accessors[i].invoke(record);
  }
}
