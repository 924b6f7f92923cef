// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** A place where a chain is applied: a method, or a named piece of plain code. Immutable. */
public interface JoinPoint {

  /** The class that declares the method, or the class that plain code named. */
  Class<?> owner();

  /** The method's name, or the name that plain code gave. */
  String name();

  /** The generic parameter types in order. */
  List<Type> parameterTypes();

  /** The generic result type; {@code void.class} for none. */
  Type returnType();

  /** The method; empty for plain code. */
  Optional<Method> method();

  /**
   * Whether this is where the platform's call arrives, so that the first argument is the event of
   * the function.
   */
  boolean entry();

  /**
   * The annotations that make links here: those of the method and, at an entry method, of the
   * handler's type. So a link may be said in several annotations side by side.
   */
  List<Annotation> annotations();

  /** {@code com.acme.Orders.charge(Order, int)}, for messages. */
  String describe();
}
