// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.internal.LiveInvocation;
import org.jspecify.annotations.Nullable;

/** The link of {@link Tracing}. */
final class TracingInterceptor implements Interceptor {

  private final SpanEngine engine;
  private final SpanPlan plan;

  TracingInterceptor(SpanEngine engine, SpanPlan plan) {
    this.engine = engine;
    this.plan = plan;
  }

  @Override
  public @Nullable Object intercept(Invocation invocation) throws Throwable {
    LiveInvocation function = (LiveInvocation) invocation.function();
    return engine.run(plan, function, invocation::argument, invocation::proceed);
  }
}
