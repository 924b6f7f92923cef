// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;

/** The two buckets of a {@link RetryBudget} in one runtime. Thread-safe. */
final class Tokens {

  /** One invocation ends before it could add up to more. */
  private static final long NO_LIMIT = 1_000_000_000;

  private final RetryBudget budget;
  private final TokenBucket environment;

  private Tokens(FunctionRuntime runtime) {
    this.budget = runtime.part(RetryBudget.class, r -> RetryBudget.defaults());
    this.environment =
        new TokenBucket(budget.share(), budget.environmentFloor(), budget.environmentFloor());
  }

  /** Those of a runtime, shared by all that is tried again in it. */
  static Tokens of(FunctionRuntime runtime) {
    return runtime.part(Tokens.class, Tokens::new);
  }

  /** Work has its first attempt. */
  void begun(LiveInvocation function) {
    bucketOf(function).add();
    environment.add();
  }

  /** Takes a token for another attempt, of both or none; false if there is none. */
  boolean take(LiveInvocation function) {
    TokenBucket own = bucketOf(function);
    if (!own.take()) {
      return false;
    }
    if (environment.take()) {
      return true;
    }
    own.putBack();
    return false;
  }

  /** The bucket of the whole invocation: a batch's, where this is a record of it. */
  private TokenBucket bucketOf(LiveInvocation function) {
    LiveInvocation outermost = function;
    FunctionInvocation parent = outermost.parent().orElse(null);
    while (parent instanceof LiveInvocation enclosing) {
      outermost = enclosing;
      parent = enclosing.parent().orElse(null);
    }
    return outermost.part(
        TokenBucket.class, i -> new TokenBucket(budget.share(), budget.floor(), NO_LIMIT));
  }
}
