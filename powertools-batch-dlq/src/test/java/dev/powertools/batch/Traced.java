// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A link of a test: notes what passes. */
@Intercepted(by = Traced.Factory.class, phase = Phase.TRACE)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Traced {

  String value();

  /** What was noted in a runtime. */
  final class Notes {
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  }

  /** Builds the link. */
  final class Factory implements InterceptorFactory<Traced> {
    @Override
    public Interceptor create(Traced annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
      List<String> lines = runtime.part(Notes.class, r -> new Notes()).lines;
      String at = annotation.value() + (joinPoint.entry() ? " entry " : " ") + joinPoint.name();
      return invocation -> {
        try {
          Object result = invocation.proceed();
          lines.add(at + " " + invocation.function().workId() + " ok");
          return result;
        } catch (Throwable t) {
          lines.add(at + " " + invocation.function().workId() + " " + t.getClass().getSimpleName());
          throw t;
        }
      };
    }
  }
}
