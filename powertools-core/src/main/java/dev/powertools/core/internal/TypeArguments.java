// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.ConfigurationException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a handler's class says in place of the type parameters of its base class. */
public final class TypeArguments {

  private TypeArguments() {}

  /**
   * Resolves the type parameters of {@code base} as {@code subclass} fixes them, through any number
   * of generic classes between.
   *
   * @throws ConfigurationException if the subclass leaves one open
   */
  public static List<Type> of(Class<?> subclass, Class<?> base) {
    List<Type> arguments = List.of();
    Class<?> c = subclass;
    while (c != base) {
      Type parent = c.getGenericSuperclass();
      Class<?> parentClass = c.getSuperclass();
      if (parentClass == null) {
        throw new IllegalStateException(subclass + " does not extend " + base);
      }
      arguments = argumentsOf(parent, c, arguments, subclass);
      c = parentClass;
    }
    if (arguments.size() < base.getTypeParameters().length) {
      throw new ConfigurationException(
          subclass.getName()
              + " extends "
              + base.getSimpleName()
              + " without type arguments. Name the types of event and response there.");
    }
    return arguments;
  }

  private static List<Type> argumentsOf(
      Type parent, Class<?> child, List<Type> childArguments, Class<?> subclass) {
    if (!(parent instanceof ParameterizedType parameterized)) {
      return List.of();
    }
    List<Type> resolved = new ArrayList<>();
    for (Type argument : parameterized.getActualTypeArguments()) {
      resolved.add(resolve(argument, child, childArguments, subclass));
    }
    return resolved;
  }

  private static Type resolve(
      Type argument, Class<?> child, List<Type> childArguments, Class<?> subclass) {
    if (!(argument instanceof TypeVariable<?> variable)) {
      if (isOpen(argument)) {
        throw open(subclass, child, argument);
      }
      return argument;
    }
    int index = Arrays.asList(child.getTypeParameters()).indexOf(variable);
    if (index < 0 || index >= childArguments.size()) {
      throw open(subclass, child, variable);
    }
    return childArguments.get(index);
  }

  private static boolean isOpen(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      for (Type argument : parameterized.getActualTypeArguments()) {
        if (isOpen(argument)) {
          return true;
        }
      }
      return false;
    }
    return type instanceof TypeVariable
        || (type instanceof GenericArrayType array && isOpen(array.getGenericComponentType()));
  }

  private static ConfigurationException open(Class<?> subclass, Class<?> child, Type type) {
    return new ConfigurationException(
        subclass.getName()
            + " leaves the type "
            + type
            + " of "
            + child.getName()
            + " open. Name a type there, so that the payload can be read.");
  }

  /** The class of a type; {@code Object} where it can't be told. */
  static Class<?> raw(Type type) {
    if (type instanceof Class<?> c) {
      return c;
    }
    if (type instanceof GenericArrayType array) {
      return raw(array.getGenericComponentType()).arrayType();
    }
    return type instanceof ParameterizedType p ? raw(p.getRawType()) : Object.class;
  }
}
