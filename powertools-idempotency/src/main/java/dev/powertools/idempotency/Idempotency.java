// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
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
import dev.powertools.idempotency.spi.StoredRecord;
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
  private static final int PAYLOAD = 1;

  private final IdempotencyOptions options;
  private volatile @Nullable Bound bound;

  private Idempotency(IdempotencyOptions options) {
    this.options = options;
  }

  /** The chains of the runtime that was in force last: one runtime for all calls, save in tests. */
  private record Bound(FunctionRuntime runtime, Map<Shape, Chain> chains) {}

  /** What calls can differ in, beside their key. */
  private record Shape(Type type, boolean payload) {}

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
    return run(new Shape(type, false), work, key);
  }

  /** As {@link #execute(Object, Class, Work)}, with a result of a generic type. */
  public <T extends @Nullable Object, X extends Exception> T execute(
      @Nullable Object key, ResultType<T> type, Work<? extends T, X> work) throws X {
    return run(new Shape(type.type(), false), work, key);
  }

  /**
   * As {@link #execute(Object, Class, Work)}, with a payload that must be the same in each call of
   * the key: all of it, or what {@link IdempotencyOptions#validate()} points to.
   *
   * @throws PayloadMismatchException if it differs from the call whose result is stored
   */
  public <T extends @Nullable Object, X extends Exception> T execute(
      @Nullable Object key, @Nullable Object payload, Class<T> type, Work<? extends T, X> work)
      throws X {
    return run(new Shape(type, true), work, key, payload);
  }

  /** As {@link #execute(Object, Object, Class, Work)}, with a result of a generic type. */
  public <T extends @Nullable Object, X extends Exception> T execute(
      @Nullable Object key, @Nullable Object payload, ResultType<T> type, Work<? extends T, X> work)
      throws X {
    return run(new Shape(type.type(), true), work, key, payload);
  }

  /** As {@link #execute(Object, Class, Work)}, without a result. */
  @SuppressWarnings("NullAway") // the work's T is a nullable one
  public <X extends Exception> void execute(@Nullable Object key, Action<X> work) throws X {
    Work<@Nullable Object, X> withoutResult =
        () -> {
          work.run();
          return null;
        };
    run(new Shape(void.class, false), withoutResult, key);
  }

  /**
   * Inside idempotent work: the record that completes its claim with this result, for work that
   * writes to the same database as the store and wants both to be written in one transaction, on
   * the condition that the record there still has this {@linkplain StoredRecord#owner() owner}. Of
   * nested work the innermost. Afterwards the work returns the same result; that the claim is
   * completed then once more does no harm.
   *
   * <p>If the work fails after it asked for this, its claim is released only if the record was not
   * written: a result that was committed stays.
   *
   * @param result what the work is going to return; the bytes, for a stream handler
   * @throws IllegalStateException if this thread does no idempotent work
   */
  public static StoredRecord completion(@Nullable Object result) {
    return OwnClaims.innermost()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Idempotency.completion belongs into idempotent work, and this thread does"
                        + " none: call it from an @Idempotent method or from the work that"
                        + " Idempotency.execute runs, on a thread that carries its context"
                        + " (Propagation), and with idempotency switched on"))
        .handOut(result);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // decoded as what T is, which may be nullable
  private <T extends @Nullable Object> T run(
      Shape shape, Work<? extends T, ?> work, @Nullable Object... arguments) {
    Body body = (target, args) -> work.run();
    FunctionRuntime runtime = FunctionRuntime.current();
    Chain chain = chain(runtime, shape);
    Optional<FunctionInvocation> current = FunctionInvocation.current();
    try {
      return (T)
          (current.isPresent()
              ? chain.call(current.get(), null, arguments, body)
              : Entry.adHoc(runtime, chain, null, arguments, body));
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
  }

  private Chain chain(FunctionRuntime runtime, Shape shape) {
    Bound present = bound;
    if (present == null || present.runtime != runtime) {
      present = new Bound(runtime, new ConcurrentHashMap<>());
      bound = present;
    }
    Chain chain = present.chains.get(shape);
    if (chain == null) {
      chain = link(runtime, shape);
      present.chains.put(shape, chain);
    }
    return chain;
  }

  private Chain link(FunctionRuntime runtime, Shape shape) {
    List<Type> parameters =
        shape.payload ? List.of(Object.class, Object.class) : List.of(Object.class);
    JoinPoint place =
        JoinPoints.code(Idempotency.class, options.name(), parameters, shape.type, false);
    if (IdempotencySettings.isDisabled(runtime)) {
      return Chain.empty(place);
    }
    PowertoolsKeys foreign = PowertoolsFormat.keys(options, runtime, options.name(), ARGUMENT);
    KeyBuilder keys = new KeyBuilder(runtime, Operation.named(options.name()), ARGUMENT, foreign);
    IdempotencyInterceptor link =
        new IdempotencyInterceptor(
            runtime,
            PowertoolsFormat.applied(options, runtime, shape.type),
            keys,
            validation(shape),
            shape.type);
    return Links.of(place, runtime)
        .link(link, Phase.IDEMPOTENCY, Side.OWN, 0, "Idempotency.execute")
        .chain();
  }

  private Validation validation(Shape shape) {
    List<String> pointers = options.validate();
    if (shape.payload) {
      return Validation.of(PAYLOAD, pointers.isEmpty() ? List.of("") : pointers);
    }
    if (pointers.isEmpty()) {
      return Validation.none();
    }
    throw new ConfigurationException(
        "Idempotency \""
            + options.name()
            + "\" is to validate "
            + pointers
            + ", and was called without a payload: execute(key, payload, type, work)");
  }
}
