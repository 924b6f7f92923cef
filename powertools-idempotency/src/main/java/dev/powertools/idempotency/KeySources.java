// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.WorkContext;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.TextForm;
import dev.powertools.core.json.JsonPointer;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds where the key of a method is, and what is validated. */
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
          "it has no key. Set key = \"/path/to/it\", or put @IdempotencyKey on a parameter,"
              + " record component or field of a bean.");
    }
    return null;
  }

  private static KeySource pointed(String pointer, JoinPoint joinPoint, boolean alsoMarked) {
    if (alsoMarked) {
      throw new ConfigurationException(
          "key = \"" + pointer + "\" and @IdempotencyKey contradict each other. Keep one.");
    }
    int root =
        root(
            "key = \"" + pointer + "\"",
            joinPoint,
            "Put @IdempotencyKey on the parameter that is the key.");
    JsonPointer path = JsonPointer.of(pointer);
    requireComponent("key", raw(joinPoint.parameterTypes().get(root)), path);
    return new KeySource(root, path);
  }

  /** The one parameter that a pointer can start from. */
  private static int root(String what, JoinPoint joinPoint, String fix) {
    List<Integer> roots = new ArrayList<>();
    List<Type> types = joinPoint.parameterTypes();
    for (int i = 0; i < types.size(); i++) {
      if (!isContext(raw(types.get(i)))) {
        roots.add(i);
      }
    }
    if (roots.size() != 1) {
      throw new ConfigurationException(
          what
              + " needs exactly one parameter that is no context, and there are "
              + roots.size()
              + ". "
              + fix);
    }
    return roots.get(0);
  }

  /**
   * What is validated.
   *
   * @throws ConfigurationException if that can't work
   */
  static Validation validation(Idempotent annotation, JoinPoint joinPoint) {
    List<String> pointers = List.of(annotation.validate());
    if (pointers.isEmpty()) {
      return Validation.none();
    }
    String what = "validate = " + pointers;
    int root = root(what, joinPoint, "Put what is to be validated into one parameter.");
    for (String pointer : pointers) {
      TextForm.POINTER
          .problemWith(pointer)
          .ifPresent(
              problem -> {
                throw new ConfigurationException("validate: " + problem);
              });
      Class<?> type = raw(joinPoint.parameterTypes().get(root));
      requireComponent("validate", type, JsonPointer.of(pointer));
    }
    return Validation.of(root, pointers);
  }

  /** A record's names are known already; one that Jackson renames is known only to Jackson. */
  private static void requireComponent(String attribute, Class<?> type, JsonPointer pointer) {
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
        attribute
            + " = \""
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
    return Context.class.isAssignableFrom(type)
        || WorkContext.class.isAssignableFrom(type)
        || type == OutputStream.class;
  }

  private static List<KeySource> marked(JoinPoint joinPoint) {
    List<KeySource> marked = new ArrayList<>();
    List<Type> types = joinPoint.parameterTypes();
    for (int i = 0; i < types.size(); i++) {
      if (isMarked(joinPoint, i)) {
        marked.add(new KeySource(i, JsonPointer.root()));
      } else {
        addMembers(i, raw(types.get(i)), marked);
      }
    }
    return marked;
  }

  private static boolean isMarked(JoinPoint joinPoint, int parameter) {
    Method method = joinPoint.method().orElse(null);
    return method != null
        && method.getParameters()[parameter].isAnnotationPresent(IdempotencyKey.class);
  }

  private static void addMembers(int argument, Class<?> type, List<KeySource> marked) {
    if (type.isRecord()) {
      addComponents(argument, type, marked);
    } else if (!isContext(type)) {
      addFields(argument, type, marked);
    }
  }

  private static void addComponents(int argument, Class<?> type, List<KeySource> marked) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.isAnnotationPresent(IdempotencyKey.class)) {
        marked.add(new KeySource(argument, JsonPointer.root().child(component.getName())));
      }
    }
  }

  /** Those of the superclasses too, since they are part of the bean. */
  private static void addFields(int argument, Class<?> bean, List<KeySource> marked) {
    for (Class<?> c = bean; c != null && !isOfPlatform(c); c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (field.isAnnotationPresent(IdempotencyKey.class)) {
          requireGetter(bean, field);
          marked.add(new KeySource(argument, JsonPointer.root().child(field.getName())));
        }
      }
    }
  }

  private static boolean isOfPlatform(Class<?> type) {
    return type.isPrimitive() || type.isArray() || type.getName().startsWith("java.");
  }

  /** The key is read as everything in an event is: by getters, never from private fields. */
  private static void requireGetter(Class<?> bean, Field field) {
    String getter = "get".concat(field.getName());
    for (Method method : bean.getMethods()) {
      if (method.getName().equalsIgnoreCase(getter)
          && method.getParameterCount() == 0
          && method.getReturnType() != void.class
          && !Modifier.isStatic(method.getModifiers())) {
        return;
      }
    }
    throw new ConfigurationException(
        "@IdempotencyKey is on the field "
            + field.getName()
            + " of "
            + field.getDeclaringClass().getName()
            + ", which has no public getter. Add one, or mark the parameter.");
  }

  /** The class of a type; {@code Object} where it can't be told. */
  static Class<?> raw(Type type) {
    if (type instanceof Class<?> c) {
      return c;
    }
    return type instanceof ParameterizedType p ? raw(p.getRawType()) : Object.class;
  }
}
