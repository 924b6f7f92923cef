// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.WorkContext;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.json.JsonPointer;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds where the key of a method is. */
final class KeySources {

  private KeySources() {}

  /**
   * Where the key is; {@code null} if nothing says so and the method may be one that handles a
   * record, whose work id is its key then.
   *
   * @throws ConfigurationException if there is none where one is needed, or more than one
   */
  static @Nullable KeySource find(Idempotent annotation, JoinPoint joinPoint) {
    List<KeySource> marked = marked(joinPoint);
    if (marked.size() > 1) {
      throw new ConfigurationException(
          "there are "
              + marked.size()
              + " @IdempotencyKey marks. Keep one; for a key of several"
              + " values put them into one record and mark that.");
    }
    if (!annotation.key().isEmpty()) {
      return pointed(annotation.key(), joinPoint, !marked.isEmpty());
    }
    if (!marked.isEmpty()) {
      return marked.get(0);
    }
    if (joinPoint.entry()) {
      throw new ConfigurationException(
          "it has no key. Set key = \"/path/to/it\", or put @IdempotencyKey on a parameter or"
              + " record component.");
    }
    return null;
  }

  private static KeySource pointed(String pointer, JoinPoint joinPoint, boolean alsoMarked) {
    if (alsoMarked) {
      throw new ConfigurationException(
          "key = \"" + pointer + "\" and @IdempotencyKey contradict each other. Keep one.");
    }
    List<Integer> roots = new ArrayList<>();
    List<Type> types = joinPoint.parameterTypes();
    for (int i = 0; i < types.size(); i++) {
      if (!isContext(raw(types.get(i)))) {
        roots.add(i);
      }
    }
    if (roots.size() != 1) {
      throw new ConfigurationException(
          "key = \""
              + pointer
              + "\" needs exactly one parameter that is no context, and there are "
              + roots.size()
              + ". Put @IdempotencyKey on the parameter that is the key.");
    }
    JsonPointer path = JsonPointer.of(pointer);
    requireComponent(raw(types.get(roots.get(0))), path);
    return new KeySource(roots.get(0), path);
  }

  /** A record's names are known already; one that Jackson renames is known only to Jackson. */
  private static void requireComponent(Class<?> type, JsonPointer pointer) {
    if (!type.isRecord() || pointer.size() == 0) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getName().equalsIgnoreCase(pointer.name(0)) || isRenamed(component)) {
        return;
      }
      names.add(component.getName());
    }
    throw new ConfigurationException(
        "key = \""
            + pointer
            + "\" begins with \""
            + pointer.name(0)
            + "\", but "
            + type.getName()
            + " has the components "
            + names
            + " only. Correct the pointer.");
  }

  private static boolean isRenamed(RecordComponent component) {
    return component.getAnnotations().length > 0
        || component.getAccessor().getAnnotations().length > 0;
  }

  private static boolean isContext(Class<?> type) {
    return Context.class.isAssignableFrom(type) || WorkContext.class.isAssignableFrom(type);
  }

  private static List<KeySource> marked(JoinPoint joinPoint) {
    List<KeySource> marked = new ArrayList<>();
    List<Type> types = joinPoint.parameterTypes();
    for (int i = 0; i < types.size(); i++) {
      if (isMarked(joinPoint, i)) {
        marked.add(new KeySource(i, JsonPointer.root()));
      } else {
        addComponents(i, raw(types.get(i)), marked);
      }
    }
    return marked;
  }

  private static boolean isMarked(JoinPoint joinPoint, int parameter) {
    Method method = joinPoint.method().orElse(null);
    return method != null
        && method.getParameters()[parameter].isAnnotationPresent(IdempotencyKey.class);
  }

  private static void addComponents(int argument, Class<?> type, List<KeySource> marked) {
    if (!type.isRecord()) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.isAnnotationPresent(IdempotencyKey.class)) {
        marked.add(new KeySource(argument, JsonPointer.root().child(component.getName())));
      }
    }
  }

  /** The class of a type; {@code Object} where it can't be told. */
  static Class<?> raw(Type type) {
    if (type instanceof Class<?> c) {
      return c;
    }
    return type instanceof ParameterizedType p ? raw(p.getRawType()) : Object.class;
  }
}
