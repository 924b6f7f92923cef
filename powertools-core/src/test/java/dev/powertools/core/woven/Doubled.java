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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Doubles the first argument, runs the rest twice on another thread, and adds the results. */
@Intercepted(by = Doubled.Factory.class, phase = Phase.RETRY)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Doubled {

  final class Factory implements InterceptorFactory<Doubled> {
    @Override
    public Interceptor create(Doubled annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
      return invocation -> {
        @Nullable Object[] arguments = invocation.arguments();
        arguments[0] = (Integer) arguments[0] * 2;
        AtomicReference<Integer> sum = new AtomicReference<>(0);
        Thread other =
            new Thread(
                () -> {
                  try {
                    int first = (Integer) invocation.proceed(arguments);
                    int second = (Integer) invocation.proceed(arguments);
                    sum.set(first + second);
                  } catch (Throwable t) {
                    throw new AssertionError(t);
                  }
                });
        other.start();
        other.join();
        return sum.get();
      };
    }
  }
}
