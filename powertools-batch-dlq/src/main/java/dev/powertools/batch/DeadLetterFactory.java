// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * Refuses {@link DeadLetter} where nobody reads it: the annotation is a link only so that it can't
 * be silently ignored on another handler. On a batch handler there is no link; the engine reads it.
 */
final class DeadLetterFactory implements InterceptorFactory<DeadLetter> {

  @Override
  public @Nullable Interceptor create(
      DeadLetter annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    if (SqsBatchHandler.class.isAssignableFrom(joinPoint.owner())) {
      return null;
    }
    throw new ConfigurationException(
        "it means something on a subclass of SqsBatchHandler only. Extend that class; or, with"
            + " SqsBatch.of, name the queue by BatchOptions.deadLetterQueue.");
  }
}
