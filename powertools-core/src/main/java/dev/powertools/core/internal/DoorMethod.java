// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.woven.Woven;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;

/**
 * The user's method that a base class calls.
 *
 * @param method as the nearest class declares it
 */
public record DoorMethod(Method method) {

  /**
   * Finds the nearest declaration that overrides the base class's method.
   *
   * @param handler the user's class
   * @param base the toolkit's class, where the search ends
   * @param name the method's name
   * @param parameterCount how many parameters it has, the payload first
   * @throws ConfigurationException if it can't be told which one that is
   */
  public static DoorMethod find(Class<?> handler, Class<?> base, String name, int parameterCount) {
    Method called = declared(base, name, parameterCount).get(0);
    Type payload = TypeArguments.of(handler, base).get(0);
    for (Class<?> c = handler; c != null && c != base; c = c.getSuperclass()) {
      List<Method> overriding = declared(c, name, parameterCount);
      overriding.removeIf(method -> !overrides(method, called, payload));
      if (overriding.size() > 1) {
        throw ambiguous(c, called);
      }
      if (!overriding.isEmpty()) {
        return new DoorMethod(overriding.get(0));
      }
    }
    throw new IllegalStateException(handler.getName() + " does not declare " + name);
  }

  private static List<Method> declared(Class<?> type, String name, int parameterCount) {
    List<Method> found = new ArrayList<>(1);
    for (Method method : type.getDeclaredMethods()) {
      if (method.getName().equals(name)
          && method.getParameterCount() == parameterCount
          && !method.isBridge()
          && !method.isSynthetic()) {
        found.add(method);
      }
    }
    return found;
  }

  /**
   * The payload's parameter is a type variable still, or what the handler names for it; or what the
   * base class itself says, if that is a type that holds the payload.
   */
  private static boolean overrides(Method method, Method called, Type payload) {
    int excluded = Modifier.PRIVATE | Modifier.STATIC;
    Class<?>[] parameters = method.getParameterTypes();
    Class<?>[] expected = called.getParameterTypes();
    for (int i = 1; i < parameters.length; i++) {
      if (parameters[i] != expected[i]) {
        return false;
      }
    }
    boolean open = called.getGenericParameterTypes()[0] instanceof TypeVariable;
    return (method.getModifiers() & excluded) == 0
        && (method.getGenericParameterTypes()[0] instanceof TypeVariable
            || parameters[0] == (open ? TypeArguments.raw(payload) : expected[0]));
  }

  private static ConfigurationException ambiguous(Class<?> type, Method called) {
    return new ConfigurationException(
        type.getName()
            + " declares more than one method that may be the "
            + called.getName()
            + " of "
            + called.getDeclaringClass().getSimpleName()
            + ", so it can't be told which one handles events. Rename the others.");
  }

  /**
   * The annotations that the base class has to apply: none if the declaring class was woven, since
   * the method then brings its own links.
   */
  public List<Annotation> annotationsToApply() {
    return isWoven(method.getDeclaringClass())
        ? List.of()
        : List.of(method.getDeclaredAnnotations());
  }

  /** Whether a class itself was woven; that a superclass was does not count. */
  public static boolean isWoven(Class<?> type) {
    for (Class<?> each : type.getInterfaces()) {
      if (each == Woven.class) {
        return true;
      }
    }
    return false;
  }
}
