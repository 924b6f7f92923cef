// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** The two kinds of join points. */
public final class JoinPoints {

  private JoinPoints() {}

  /** A method. */
  public static JoinPoint method(Method method, boolean entry) {
    return new OfMethod(method, entry, List.of());
  }

  /**
   * A named piece of plain code.
   *
   * @param owner the class in whose name it runs
   * @param name its name there
   * @param parameterTypes the types of the arguments it will be called with
   * @param returnType the type of its result
   * @param entry whether its first argument is the function's event
   */
  public static JoinPoint code(
      Class<?> owner, String name, List<Type> parameterTypes, Type returnType, boolean entry) {
    return new OfCode(owner, name, List.copyOf(parameterTypes), returnType, entry, List.of());
  }

  /** The same place, with the annotations that make its links. */
  static JoinPoint annotated(JoinPoint place, List<Annotation> annotations) {
    if (place instanceof OfMethod method) {
      return new OfMethod(method.target, method.entry, annotations);
    }
    return place instanceof OfCode code
        ? new OfCode(
            code.owner, code.name, code.parameterTypes, code.returnType, code.entry, annotations)
        : place;
  }

  private static String describe(JoinPoint joinPoint) {
    StringBuilder text = new StringBuilder(joinPoint.owner().getName());
    text.append('.').append(joinPoint.name()).append('(');
    String separator = "";
    for (Type type : joinPoint.parameterTypes()) {
      String name = type.getTypeName();
      text.append(separator).append(name.substring(name.lastIndexOf('.') + 1));
      separator = ", ";
    }
    return text.append(')').toString();
  }

  private record OfMethod(Method target, boolean entry, List<Annotation> annotations)
      implements JoinPoint {
    @Override
    public Class<?> owner() {
      return target.getDeclaringClass();
    }

    @Override
    public String name() {
      return target.getName();
    }

    @Override
    public List<Type> parameterTypes() {
      return List.of(target.getGenericParameterTypes());
    }

    @Override
    public Type returnType() {
      return target.getGenericReturnType();
    }

    @Override
    public Optional<Method> method() {
      return Optional.of(target);
    }

    @Override
    public String describe() {
      return JoinPoints.describe(this);
    }
  }

  private record OfCode(
      Class<?> owner,
      String name,
      List<Type> parameterTypes,
      Type returnType,
      boolean entry,
      List<Annotation> annotations)
      implements JoinPoint {
    @Override
    public Optional<Method> method() {
      return Optional.empty();
    }

    @Override
    public String describe() {
      return JoinPoints.describe(this);
    }
  }
}
