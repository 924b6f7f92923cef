// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;

/**
 * Recognises methods that a compiler generates beside the one the user wrote, with its annotations
 * copied onto them. They call that one, so their annotations would apply twice.
 *
 * <ul>
 *   <li>Bridges, of any compiler.
 *   <li>Kotlin's overloads of a {@code @JvmOverloads} function, which fill in defaults.
 *   <li>Kotlin's static methods for {@code @JvmStatic} functions of a companion.
 *   <li>Kotlin's {@code DefaultImpls} of an interface.
 * </ul>
 */
final class Copies {

  private Copies() {}

  static boolean isCopy(MethodDescription.InDefinedShape method) {
    return method.isBridge()
        || fillsInDefaults(method)
        || delegatesToCompanion(method)
        || delegatesToInterface(method);
  }

  private static boolean fillsInDefaults(MethodDescription.InDefinedShape method) {
    return has(method, "kotlin.jvm.JvmOverloads")
        && methods(method.getDeclaringType(), method.getInternalName() + "$default")
            .noneMatch(each -> each.getDescriptor().startsWith(withAllDefaults(method)));
  }

  /** How the descriptor begins of the method that makes the defaults of {@code method}. */
  private static String withAllDefaults(MethodDescription.InDefinedShape method) {
    int parameters = method.getParameters().size();
    String receiver = method.isStatic() ? "" : method.getDeclaringType().getDescriptor();
    String masks = "I".repeat((parameters + Integer.SIZE - 1) / Integer.SIZE);
    return "(" + receiver + parameters(method) + masks + "Ljava/lang/Object;)";
  }

  private static boolean delegatesToCompanion(MethodDescription.InDefinedShape method) {
    return method.isStatic()
        && has(method, "kotlin.jvm.JvmStatic")
        && method.getDeclaringType().getDeclaredTypes().stream()
            .flatMap(inner -> methods(inner, method.getInternalName()))
            .anyMatch(
                each ->
                    !each.isStatic()
                        && each.getDescriptor().equals(method.getDescriptor())
                        && has(each, "kotlin.jvm.JvmStatic"));
  }

  private static boolean delegatesToInterface(MethodDescription.InDefinedShape method) {
    TypeDescription inside = method.getDeclaringType().getDeclaringType();
    return inside != null
        && inside.isInterface()
        && method.isStatic()
        && method.getDeclaringType().getSimpleName().equals("DefaultImpls")
        && methods(inside, method.getInternalName())
            .anyMatch(
                each -> (inside.getDescriptor() + parameters(each)).equals(parameters(method)));
  }

  private static boolean has(MethodDescription.InDefinedShape method, String annotationType) {
    return method.getDeclaredAnnotations().stream()
        .anyMatch(each -> each.getAnnotationType().getName().equals(annotationType));
  }

  private static Stream<MethodDescription.InDefinedShape> methods(
      TypeDescription type, String name) {
    List<MethodDescription.InDefinedShape> all = type.getDeclaredMethods();
    return all.stream().filter(each -> each.getInternalName().equals(name));
  }

  private static String parameters(MethodDescription.InDefinedShape method) {
    return method.getParameters().asTypeList().asErasures().stream()
        .map(TypeDescription::getDescriptor)
        .collect(Collectors.joining());
  }
}
