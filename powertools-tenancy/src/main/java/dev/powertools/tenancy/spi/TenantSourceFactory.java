// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.spi;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.InterceptorFactory;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.tenancy.TenantIsolated;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * Makes an annotation a source of the tenant, to stand beside {@link TenantIsolated}: the toolkit's
 * own are made like this, and so are users' own.
 *
 * <pre>{@code
 * @Intercepted(by = FromPartnerFactory.class, phase = Phase.TENANT, side = Side.BESIDE)
 * @Retention(RetentionPolicy.RUNTIME)
 * @Target({ElementType.METHOD, ElementType.TYPE})
 * public @interface FromPartner {}
 * }</pre>
 *
 * <p>It makes no link of its own: {@link TenantIsolated} is the one that asks all sources. Without
 * one beside it, the function does not start. Has a constructor without parameters.
 *
 * @param <A> the annotation type
 */
public abstract class TenantSourceFactory<A extends Annotation> implements InterceptorFactory<A> {

  /** For subclasses. */
  protected TenantSourceFactory() {}

  /**
   * The source that an annotation means; made once for a method and runtime.
   *
   * @throws ConfigurationException if its values can't work; the message need not name the method
   */
  public abstract TenantSource source(A annotation, FunctionRuntime runtime);

  @Override
  public final @Nullable Interceptor create(
      A annotation, JoinPoint joinPoint, FunctionRuntime runtime) {
    for (Annotation each : joinPoint.annotations()) {
      if (each instanceof TenantIsolated) {
        return null; // which asks this source
      }
    }
    throw new ConfigurationException(
        "it says where the tenant comes from, but nothing asks it, so all tenants' work would run."
            + " Put @TenantIsolated beside it.");
  }
}
