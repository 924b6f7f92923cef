// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.Phase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's own annotation: notes the way in and out in the runtime's journal. */
@Intercepted(by = Marked.Factory.class, phase = Phase.LOG)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Marked {

  String value() default "marked";

  /** Where the runtime's links write what they saw. */
  interface Journal {
    List<String> lines();
  }

  final class Factory implements InterceptorFactory<Marked> {
    @Override
    public @Nullable Interceptor create(
        Marked annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
      if (runtime.config().variable("MARKED_OFF").isPresent()) {
        return null;
      }
      List<String> lines = runtime.part(Journal.class).orElseThrow().lines();
      return invocation -> {
        lines.add(annotation.value() + ">" + invocation.function().requestId());
        try {
          return invocation.proceed();
        } finally {
          lines.add("<" + annotation.value());
        }
      };
    }
  }
}
