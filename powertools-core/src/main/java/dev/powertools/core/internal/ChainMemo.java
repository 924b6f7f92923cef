// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the chain of one place in the code for the process-wide runtime; the chains of other
 * runtimes, a test's, live in those runtimes and go with them. Thread-safe: the field that
 * remembers is a plain one, but what it points to has final fields only, so the worst that a race
 * can do is to look the same chain up twice.
 */
public final class ChainMemo {

  private final ChainSource source;
  private @Nullable Bound bound;

  /** Remembers the chains of {@code source}. */
  public ChainMemo(ChainSource source) {
    this.source = source;
  }

  private record Bound(FunctionRuntime runtime, @Nullable Class<?> receiver, Chain chain) {}

  /** The chain in a runtime, for a receiver whose type's annotations apply too. */
  public Chain get(FunctionRuntime runtime, @Nullable Class<?> receiver) {
    Bound present = bound;
    return present != null && present.runtime == runtime && present.receiver == receiver
        ? present.chain
        : find(runtime, receiver);
  }

  private Chain find(FunctionRuntime runtime, @Nullable Class<?> receiver) {
    Chain chain = ChainCache.of(runtime).get(source, receiver);
    if (RuntimeResolver.isProcessWide(runtime)) {
      bound = new Bound(runtime, receiver, chain);
    }
    return chain;
  }

  /**
   * Makes the chain ahead of the first call if this process runs a function, so that what is wrong
   * fails while the function starts. Elsewhere it waits for the first call: a class is initialised
   * once, and must stay loadable for all tests, whatever the runtime of the one that came first.
   */
  public void link(Class<?> owner, @Nullable Class<?> receiver) {
    if (HandlerName.inFunction(Config.environment())) {
      get(RuntimeResolver.current(owner), receiver);
    }
  }

  /** As {@link #link}, and also where a runtime is in force on this thread: for constructors. */
  public void linkHere(Class<?> owner) {
    if (Scope.current() != null) {
      get(RuntimeResolver.current(owner), owner);
    } else {
      link(owner, owner);
    }
  }
}
