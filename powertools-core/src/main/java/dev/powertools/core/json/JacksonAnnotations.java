// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Tells whether a class bears annotations of Jackson, which only databind understands; by name, so
 * that Jackson's annotations need not be there.
 */
final class JacksonAnnotations {
  private static final String JACKSON = "com.fasterxml.jackson.";

  private JacksonAnnotations() {}

  /** On the class, its fields, its methods, its constructors and their parameters. */
  static boolean areOn(Class<?> type) {
    return areAmong(type.getAnnotations())
        || areOnFields(type)
        || areOnMethods(type)
        || areOnConstructors(type);
  }

  private static boolean areOnFields(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (areAmong(field.getAnnotations())) {
        return true;
      }
    }
    return false;
  }

  private static boolean areOnMethods(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      if (areAmong(method.getAnnotations())) {
        return true;
      }
    }
    return false;
  }

  private static boolean areOnConstructors(Class<?> type) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (areAmong(constructor.getAnnotations())) {
        return true;
      }
      for (Annotation[] parameter : constructor.getParameterAnnotations()) {
        if (areAmong(parameter)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean areAmong(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      Class<?> type = annotation.annotationType();
      if (type.getName().startsWith(JACKSON) || isBundle(type)) {
        return true;
      }
    }
    return false;
  }

  /** An annotation that stands for several of Jackson's ({@code @JacksonAnnotationsInside}). */
  private static boolean isBundle(Class<?> annotation) {
    for (Annotation meta : annotation.getAnnotations()) {
      if (meta.annotationType().getName().startsWith(JACKSON)) {
        return true;
      }
    }
    return false;
  }
}
