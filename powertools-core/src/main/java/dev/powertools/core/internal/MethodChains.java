// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the chains of one method from its annotations, and at an entry method also from those of
 * the receiver's type and its superclasses, the nearest first; on the method counts as nearer
 * still. Immutable.
 */
public final class MethodChains implements ChainSource {

  private final Class<?> owner;
  private final String name;
  private final MethodType type;
  private final boolean entry;

  /** Names the method; it is looked up when the first chain is made. */
  public MethodChains(Class<?> owner, String name, MethodType type, boolean entry) {
    this.owner = owner;
    this.name = name;
    this.type = type;
    this.entry = entry;
  }

  @Override
  public Chain chain(FunctionRuntime runtime, @Nullable Class<?> receiver) {
    Method method = method();
    JoinPoint joinPoint = JoinPoints.method(method, entry);
    List<Annotation> own = List.of(method.getDeclaredAnnotations());
    Collection<Annotation> all = receiver == null ? own : withTypes(own, receiver);
    return Links.of(joinPoint, runtime).annotations(all).chain();
  }

  private Method method() {
    try {
      return owner.getDeclaredMethod(name, type.parameterArray());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(
          owner.getName() + "." + name + type + " was woven, but the class has no such method", e);
    }
  }

  /**
   * The links among {@code own} and the annotations of a type and its superclasses. Of one
   * annotation type those of the nearest place count, all of them, so that two are refused and not
   * lost.
   */
  public static Collection<Annotation> withTypes(List<Annotation> own, Class<?> receiver) {
    List<Annotation> kept = new ArrayList<>();
    keepNew(own.toArray(new Annotation[0]), kept);
    for (Class<?> c = receiver; c != null && c != Object.class; c = c.getSuperclass()) {
      keepNew(c.getDeclaredAnnotations(), kept);
    }
    return kept;
  }

  private static void keepNew(Annotation[] further, List<Annotation> kept) {
    int nearer = kept.size();
    for (Annotation annotation : Links.among(further)) {
      boolean isNew = true;
      for (Annotation each : kept.subList(0, nearer)) {
        isNew &= each.annotationType() != annotation.annotationType();
      }
      if (isNew) {
        kept.add(annotation);
      }
    }
  }

  @Override
  public String toString() {
    return owner.getName() + "." + name + type;
  }
}
