// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The buckets of a {@link RetryBudget} in one runtime. Thread-safe. */
final class Tokens {

  /** One invocation ends before it could add up to more. */
  private static final long NO_LIMIT = 1_000_000_000;

  private final RetryBudget budget;
  private final FairTokens environment;

  private Tokens(FunctionRuntime runtime) {
    this.budget = runtime.part(RetryBudget.class, r -> RetryBudget.defaults());
    this.environment = new FairTokens(budget.share(), budget.environmentFloor());
  }

  /** Those of a runtime, shared by all that is tried again in it. */
  static Tokens of(FunctionRuntime runtime) {
    return runtime.part(Tokens.class, Tokens::new);
  }

  /** Work has its first attempt. */
  void begun(LiveInvocation function) {
    bucketOf(function, sender(function)).add();
    environment.add();
  }

  /** Takes a token for another attempt, of both or none; false if there is none. */
  boolean take(LiveInvocation function) {
    String sender = sender(function);
    TokenBucket own = bucketOf(function, sender);
    if (!own.take()) {
      return false;
    }
    if (environment.take(sender)) {
      return true;
    }
    own.putBack();
    return false;
  }

  private static @Nullable String sender(LiveInvocation function) {
    return function.attributes().get(RetryBudget.SENDER).orElse(null);
  }

  /** The bucket of the whole invocation: a batch's, where this is a record of it. */
  private TokenBucket bucketOf(LiveInvocation function, @Nullable String sender) {
    LiveInvocation outermost = function;
    FunctionInvocation parent = outermost.parent().orElse(null);
    while (parent instanceof LiveInvocation enclosing) {
      outermost = enclosing;
      parent = enclosing.parent().orElse(null);
    }
    return sender == null
        ? outermost.part(TokenBucket.class, i -> full())
        : outermost
            .part(BySender.class, i -> new BySender())
            .buckets
            .computeIfAbsent(sender, s -> full());
  }

  private TokenBucket full() {
    return new TokenBucket(budget.share(), budget.floor(), NO_LIMIT);
  }

  /** The buckets of one invocation whose work is of several senders. */
  private static final class BySender {
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();
  }
}
