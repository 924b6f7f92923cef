// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.Sneaky;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.core.woven.Body;
import dev.powertools.idempotency.KeyBuilder.Operation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done once for each key, without an annotation. Make one for each piece of work and
 * keep it. Thread-safe.
 *
 * <pre>{@code
 * private final Idempotency charge = Idempotency.of("charge");
 *
 * Receipt charge(Order order) {
 *   return charge.execute(order.id(), Receipt.class, () -> gateway.charge(order));
 * }
 * }</pre>
 *
 * <p>All that {@link Idempotent} says holds here. The runtime in force at each call is used.
 */
public final class Idempotency {

  private static final KeySource ARGUMENT = new KeySource(0, JsonPointer.root());

  private final IdempotencyOptions options;
  private volatile @Nullable Bound bound;

  private Idempotency(IdempotencyOptions options) {
    this.options = options;
  }

  /** The chains of the runtime that was in force last: one runtime for all calls, save in tests. */
  private record Bound(FunctionRuntime runtime, Map<Type, Chain> chains) {}

  /** Work that may throw. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object, X extends Exception> {

    /** Does it. */
    T run() throws X;
  }

  /** Work without a result, that may throw. */
  @FunctionalInterface
  public interface Action<X extends Exception> {

    /** Does it. */
    void run() throws X;
  }

  /**
   * Work with all defaults.
   *
   * @param name the name of the work, a part of every key
   */
  public static Idempotency of(String name) {
    return of(IdempotencyOptions.builder().name(name).build());
  }

  /**
   * Work with options.
   *
   * @throws IllegalArgumentException if the options have no name
   */
  public static Idempotency of(IdempotencyOptions options) {
    if (options.name().isBlank()) {
      throw new IllegalArgumentException(
          "IdempotencyOptions need a name here, a part of every key: builder().name(\"charge\")");
    }
    return new Idempotency(options);
  }

  /**
   * Does the work, or gives the result that it had before.
   *
   * @param key text, a number, or a record, list or map of such
   * @param type the result's class
   * @param work is called at most once
   * @return the result; a fresh object if it is replayed
   * @throws IdempotencyKeyException if the key is null or empty
   * @throws InProgressException if somebody else does the work
   * @throws X what the work throws, unchanged
   */
  public <T extends @Nullable Object, X extends Exception> T execute(
      @Nullable Object key, Class<T> type, Work<? extends T, X> work) throws X {
    return run(key, type, work);
  }

  /** As {@link #execute(Object, Class, Work)}, with a result of a generic type. */
  public <T extends @Nullable Object, X extends Exception> T execute(
      @Nullable Object key, ResultType<T> type, Work<? extends T, X> work) throws X {
    return run(key, type.type(), work);
  }

  /** As {@link #execute(Object, Class, Work)}, without a result. */
  @SuppressWarnings("NullAway") // the work's T is a nullable one
  public <X extends Exception> void execute(@Nullable Object key, Action<X> work) throws X {
    Work<@Nullable Object, X> withoutResult =
        () -> {
          work.run();
          return null;
        };
    run(key, void.class, withoutResult);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // decoded as what T is, which may be nullable
  private <T extends @Nullable Object> T run(
      @Nullable Object key, Type type, Work<? extends T, ?> work) {
    Body body = (target, arguments) -> work.run();
    FunctionRuntime runtime = FunctionRuntime.current();
    Chain chain = chain(runtime, type);
    Optional<FunctionInvocation> current = FunctionInvocation.current();
    @Nullable Object[] arguments = {key};
    try {
      return (T)
          (current.isPresent()
              ? chain.call(current.get(), null, arguments, body)
              : Entry.adHoc(runtime, chain, null, arguments, body));
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
  }

  private Chain chain(FunctionRuntime runtime, Type type) {
    Bound present = bound;
    if (present == null || present.runtime != runtime) {
      present = new Bound(runtime, new ConcurrentHashMap<>());
      bound = present;
    }
    Chain chain = present.chains.get(type);
    if (chain == null) {
      chain = link(runtime, type);
      present.chains.put(type, chain);
    }
    return chain;
  }

  private Chain link(FunctionRuntime runtime, Type type) {
    JoinPoint place =
        JoinPoints.code(Idempotency.class, options.name(), List.of(Object.class), type, false);
    if (IdempotencySettings.isDisabled(runtime)) {
      return Chain.empty(place);
    }
    KeyBuilder keys = new KeyBuilder(runtime, Operation.named(options.name()), ARGUMENT);
    IdempotencyInterceptor link = new IdempotencyInterceptor(runtime, options, keys, type);
    return Links.of(place, runtime)
        .link(link, Phase.IDEMPOTENCY, Side.OWN, 0, "Idempotency.execute")
        .chain();
  }
}
