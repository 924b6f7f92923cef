// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.UnwovenClassError;
import dev.powertools.core.chain.Links;
import dev.powertools.core.woven.UnwovenScan;
import dev.powertools.core.woven.UnwovenScan.Finding;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether every annotated method of a handler that extends a base class is applied: the base class
 * does so for the methods that it calls, the weaver for the others. A declaration that a subclass
 * overrides is one of the others: the override may call it.
 *
 * @param findings the methods that nobody applies
 */
public record DoorCheck(List<Finding> findings) {

  /**
   * Looks at a handler's class and its superclasses.
   *
   * @param handler the user's class
   * @param base the toolkit's class, where the search ends
   * @param called the methods that the base class calls
   */
  public static DoorCheck of(Class<?> handler, Class<?> base, List<DoorMethod> called) {
    List<Finding> findings = new ArrayList<>();
    for (Class<?> c = handler; c != null && c != base; c = c.getSuperclass()) {
      addUnapplied(c, called, findings);
    }
    return new DoorCheck(findings);
  }

  private static void addUnapplied(Class<?> type, List<DoorMethod> called, List<Finding> findings) {
    if (!DoorMethod.isWoven(type)) {
      for (Method method : type.getDeclaredMethods()) {
        if (!method.isBridge() && !called.contains(new DoorMethod(method))) {
          for (Annotation annotation : Links.among(method.getDeclaredAnnotations())) {
            findings.add(finding(method, annotation));
          }
        }
      }
    }
    for (Class<?> each : type.getInterfaces()) {
      addUnapplied(each, called, findings);
    }
  }

  private static Finding finding(Method method, Annotation annotation) {
    String descriptor =
        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
    return new Finding(
        method.getDeclaringClass().getName(),
        method.getName() + descriptor,
        annotation.annotationType().getName());
  }

  /**
   * Refuses a handler with annotations that nobody applies.
   *
   * @throws UnwovenClassError with the lines to add to the build
   */
  public void verify() {
    if (!findings.isEmpty()) {
      throw new UnwovenClassError(UnwovenScan.report(findings));
    }
  }
}
