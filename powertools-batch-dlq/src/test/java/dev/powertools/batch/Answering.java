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

/** A link of a test: answers itself, whatever the rest of the chain comes to. */
@Intercepted(by = Answering.Factory.class, phase = Phase.TRACE)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Answering {

  /** What it answers; {@code null} as long as it is empty. */
  String value() default "";

  /** Builds the link. */
  final class Factory implements InterceptorFactory<Answering> {
    @Override
    public Interceptor create(Answering annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
      String answer = annotation.value();
      return invocation -> {
        invocation.proceed();
        return answer.isEmpty() ? null : answer.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      };
    }
  }
}
