// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

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

/** A user's own annotation. */
// region annotation
@Intercepted(by = Audited.Factory.class, phase = Phase.METRIC)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Audited {

  final class Factory implements InterceptorFactory<Audited> {

    @Override
    public Interceptor create(Audited annotation, JoinPoint place, FunctionRuntime runtime) {
      AuditTrail trail = runtime.part(AuditTrail.class).orElseThrow();
      return call -> {
        Object result = call.proceed();
        trail.add(place.name() + " by " + call.function().requestId());
        return result;
      };
    }
  }
}
// endregion
