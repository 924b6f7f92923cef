// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Timing;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.internal.LiveInvocation;
import org.jspecify.annotations.Nullable;

/**
 * The link of the chain. What a first failure needs is loaded when there is one: nothing of
 * Resilience4j is touched before. Thread-safe.
 */
final class RetryInterceptor implements Interceptor {

  private final RetryOptions options;
  private final String work;
  private final FunctionRuntime runtime;
  private final Timing timing;
  private final Tokens tokens;
  private volatile @Nullable RetryPolicy policy;

  RetryInterceptor(RetryOptions options, String work, FunctionRuntime runtime) {
    this.options = options;
    this.work = work;
    this.runtime = runtime;
    this.timing = runtime.timing();
    this.tokens = Tokens.of(runtime);
  }

  @Override
  public @Nullable Object intercept(Invocation invocation) throws Throwable {
    tokens.begun((LiveInvocation) invocation.function());
    long began = timing.nanoTime();
    try {
      return invocation.proceed();
    } catch (Throwable failure) {
      return new Attempts(policy(), tokens, invocation).after(failure, timing.nanoTime() - began);
    }
  }

  /** Made by the first failure; two of them may do so at once, and one is as good as the other. */
  private RetryPolicy policy() {
    RetryPolicy present = policy;
    if (present == null) {
      present = new RetryPolicy(options, work, runtime);
      policy = present;
    }
    return present;
  }
}
