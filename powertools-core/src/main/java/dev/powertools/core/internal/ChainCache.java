// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The chains of one runtime, which go with it. Two threads may make the same chain at once; one of
 * the two is kept, and both work. (Making it under the map's lock would deadlock on a factory whose
 * class initialiser calls a woven method.) Thread-safe.
 */
public final class ChainCache {

  private final FunctionRuntime runtime;
  private final Map<Key, Chain> chains = new ConcurrentHashMap<>();

  private ChainCache(FunctionRuntime runtime) {
    this.runtime = runtime;
  }

  /** No record: the first hash of one costs a starting function 30 ms of method handles. */
  private static final class Key {

    private final ChainSource source;
    private final @Nullable Class<?> receiver;

    Key(ChainSource source, @Nullable Class<?> receiver) {
      this.source = source;
      this.receiver = receiver;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.source == source && key.receiver == receiver;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(source) * 31 + System.identityHashCode(receiver);
    }
  }

  /** The chains of a runtime. */
  public static ChainCache of(FunctionRuntime runtime) {
    return runtime.part(ChainCache.class, ChainCache::new);
  }

  /** The chain of a place, for a receiver whose type's annotations apply too. */
  public Chain get(ChainSource source, @Nullable Class<?> receiver) {
    Key key = new Key(source, receiver);
    Chain present = chains.get(key);
    if (present != null) {
      return present;
    }
    Chain made = source.chain(runtime, receiver);
    Chain other = chains.putIfAbsent(key, made);
    return other == null ? made : other;
  }
}
