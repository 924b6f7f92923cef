// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.chain;

import dev.powertools.core.FunctionRuntime;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * Builds the link for one annotated method in one runtime. Called once per method and runtime,
 * never per call: expressions are compiled here, types are checked here, and collaborators are
 * taken from the runtime into final fields here. Has a constructor without parameters.
 *
 * @param <A> the annotation type
 */
@FunctionalInterface
public interface InterceptorFactory<A extends Annotation> {

  /**
   * Builds the link.
   *
   * @param annotation the annotation, of the method or of its type
   * @param joinPoint the method
   * @param runtime where collaborators come from
   * @return the link, thread-safe; or {@code null} if this method needs none in this runtime (a
   *     feature that is switched off), which costs nothing per call
   * @throws dev.powertools.core.ConfigurationException if the annotation's values cannot work on
   *     this method; the message need not name class and method, the caller adds them
   */
  @Nullable Interceptor create(A annotation, JoinPoint joinPoint, FunctionRuntime runtime);
}
