// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.Phase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A link that does nothing, or no link at all. */
@Intercepted(by = Passed.Factory.class, phase = Phase.BODY)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Passed {

  /** Whether the link takes part. */
  boolean on();

  /** Makes the link. */
  final class Factory implements InterceptorFactory<Passed> {

    /** As the chain makes it. */
    public Factory() {}

    @Override
    public @Nullable Interceptor create(
        Passed annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
      return annotation.on() ? Invocation::proceed : null;
    }
  }
}
