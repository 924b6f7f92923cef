// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.BatchHandler;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the annotations that {@link BatchOptions} reads where nobody reads them: they are links
 * only so that they can't be silently ignored on another handler. On a batch handler there is no
 * link; the engine reads them. Each has an order of its own, so that all may stand together.
 */
final class BatchOptionFactory implements InterceptorFactory<Annotation> {

  @Override
  public @Nullable Interceptor create(
      Annotation annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    if (BatchHandler.class.isAssignableFrom(joinPoint.owner())) {
      return null;
    }
    throw new ConfigurationException(
        "it means something on a subclass of SqsBatchHandler only, or of its siblings for streams."
            + " Extend one of those; or, with SqsBatch.of, say it by BatchOptions.");
  }
}
