// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.AttributeKey;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.Sneaky;
import dev.powertools.core.woven.Body;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Work that is tried again when it fails in passing, without an annotation. Make one for each piece
 * of work and keep it. Thread-safe.
 *
 * <pre>{@code
 * private final Retries charging = Retries.of("charge");
 *
 * Receipt charge(Order order) throws IOException {
 *   return charging.call(() -> gateway.charge(order));
 * }
 * }</pre>
 *
 * <p>All that {@link Retry} says holds here. The runtime in force at each call is used.
 */
public final class Retries {

  /**
   * The number of the attempt as a fact of the unit of work, while an attempt after the first runs:
   * log lines say it.
   */
  public static final AttributeKey<Integer> ATTEMPT =
      AttributeKey.of("attempt", Integer.class).loggable().traceable();

  /**
   * How many attempts work of the unit of work had, of whatever had most, as a fact of that; absent
   * while nothing was tried again.
   */
  public static final AttributeKey<Integer> ATTEMPTS =
      AttributeKey.of("retry.attempts", Integer.class);

  private final RetryOptions options;
  private volatile @Nullable Bound bound;

  private Retries(RetryOptions options) {
    this.options = options;
  }

  /** The chain in the runtime that was in force last: one for all calls, save in tests. */
  private record Bound(FunctionRuntime runtime, Chain chain) {}

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
   * @param name the name of the work, for signals and log lines
   */
  public static Retries of(String name) {
    return of(RetryOptions.builder().name(name).build());
  }

  /** Work with options. */
  public static Retries of(RetryOptions options) {
    return new Retries(options);
  }

  /**
   * Does the work, once or several times.
   *
   * @param work what is tried; it has to wait for what it begins
   * @return what the last attempt returned
   * @throws X what the last attempt threw, unchanged, with earlier failures as suppressed
   * @throws IllegalStateException if the work returns before it is done
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // what the work returned, which may be null
  public <T extends @Nullable Object, X extends Exception> T call(Work<? extends T, X> work)
      throws X {
    Object result;
    try {
      result = chained((target, arguments) -> work.run());
    } catch (Throwable t) {
      throw Sneaky.rethrow(t);
    }
    if (result instanceof CompletionStage || result instanceof Future) {
      throw new IllegalStateException(
          "The work of Retries \""
              + options.name()
              + "\" returned before it was done ("
              + result.getClass().getName()
              + "), so nobody sees it fail. Wait for it inside the work: join() or get().");
    }
    return (T) result;
  }

  /**
   * As {@link #call}, without a result.
   *
   * @throws X what the last attempt threw, unchanged, with earlier failures as suppressed
   */
  @SuppressWarnings("NullAway") // the work's T is a nullable one
  public <X extends Exception> void run(Action<X> work) throws X {
    Work<@Nullable Object, X> withoutResult =
        () -> {
          work.run();
          return null;
        };
    call(withoutResult);
  }

  private @Nullable Object chained(Body body) throws Throwable {
    FunctionRuntime runtime = FunctionRuntime.current();
    Chain chain = chain(runtime);
    Optional<FunctionInvocation> current = FunctionInvocation.current();
    Object[] none = {};
    return current.isPresent()
        ? chain.call(current.get(), null, none, body)
        : Entry.adHoc(runtime, chain, null, none, body);
  }

  private Chain chain(FunctionRuntime runtime) {
    Bound present = bound;
    if (present == null || present.runtime != runtime) {
      present = new Bound(runtime, link(runtime));
      bound = present;
    }
    return present.chain;
  }

  private Chain link(FunctionRuntime runtime) {
    JoinPoint place =
        JoinPoints.code(Retries.class, options.name(), List.of(), Object.class, false);
    Interceptor link = RetryFactory.link(options, options.name(), runtime);
    return link == null
        ? Chain.empty(place)
        : Links.of(place, runtime).link(link, Phase.RETRY, Side.OWN, 0, "Retries.call").chain();
  }
}
