// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.Links;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.TenantSourceFactory;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;

/** Makes the link from {@link TenantIsolated} and the sources that stand beside it. */
final class TenantIsolatedFactory implements InterceptorFactory<TenantIsolated> {

  @Override
  public Interceptor create(
      TenantIsolated annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    List<TenantSource> sources = new ArrayList<>();
    for (Annotation each : joinPoint.annotations()) {
      Intercepted meta = each.annotationType().getAnnotation(Intercepted.class);
      if (meta != null && TenantSourceFactory.class.isAssignableFrom(meta.by())) {
        sources.add(source(each, meta.by(), runtime));
      }
    }
    return new TenantLink(
        TenantDecision.of(
            sources, annotation.grammar(), annotation.trustLambdaTenantId(), runtime));
  }

  private static TenantSource source(
      Annotation annotation,
      Class<? extends InterceptorFactory<?>> factory,
      FunctionRuntime runtime) {
    try {
      @SuppressWarnings("unchecked") // @Intercepted.by names the factory for its own annotation
      TenantSourceFactory<Annotation> made =
          (TenantSourceFactory<Annotation>) Links.factory(factory);
      return made.source(annotation, runtime);
    } catch (RuntimeException e) {
      throw new ConfigurationException(
          "its source @" + annotation.annotationType().getSimpleName() + ": " + e.getMessage(), e);
    }
  }
}
