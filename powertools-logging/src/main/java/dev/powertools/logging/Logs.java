// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.Attributes.Restore;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.woven.Body;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Adds keys to the lines of the current unit of work; and does in code what {@link Logging} does by
 * annotation.
 *
 * <pre>{@code
 * Logs.put("order_id", order.id());               // until the invocation, or the record, ends
 * try (var key = Logs.with("item", item.sku())) { // until the block ends
 *   log.info("packed");
 * }
 * }</pre>
 *
 * <p>Values are written when a line is: give values that don't change. Thread-safe.
 */
public final class Logs {

  private static final JoinPoint CODE =
      JoinPoints.code(Logs.class, "call", List.of(Object.class, Context.class), Object.class, true);

  private static final Logs DEFAULTS = of(LoggingOptions.defaults());

  private final LoggingOptions options;
  private final SignalLines signals;
  private @Nullable Bound bound;

  private Logs(LoggingOptions options, SignalLines signals) {
    this.options = options;
    this.signals = signals;
  }

  /** The chain of the runtime that was last in force; final fields, so a race costs a second. */
  private record Bound(FunctionRuntime runtime, Chain chain) {}

  /**
   * Work that may throw.
   *
   * @param <T> the type of its result
   * @param <X> the type of what it throws
   */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object, X extends Exception> {

    /** Does it. */
    T run() throws X;
  }

  /**
   * Adds a key to all further lines of the current unit of work, on all of its threads, until it
   * ends: the invocation, or the record of a batch. A key of the same name is replaced. Outside of
   * any unit of work there is nothing with which the key could end, so it is not added, and one
   * warning says so.
   *
   * @param key the name; one that the toolkit uses itself is written as {@code user_…}
   * @param value any value; written as by {@code JsonWriter.value}
   */
  public static void put(String key, @Nullable Object value) {
    LiveInvocation function = Scope.currentInvocation();
    if (function != null) {
      LogScope.of(function).put(key, value);
    } else if (Warnings.first(Logs.class)) {
      Warnings.LOGGER.warn(
          "Logs.put(\"{}\", …) was called outside of any invocation and did nothing, since the key"
              + " would stay for all invocations to come. Call it within one, or use Logs.with.",
          key);
    }
  }

  /** Removes a key that {@link #put} added to the current unit of work, if it did. */
  public static void remove(String key) {
    LiveInvocation function = Scope.currentInvocation();
    if (function != null) {
      LogScope.of(function).remove(key);
    }
  }

  /**
   * Adds a key to the lines of this thread, and of those to which {@link
   * dev.powertools.core.Propagation} takes its work, until the result is closed on this thread. It
   * stands over keys of the same name that were added before or by {@link #put}.
   *
   * @param key the name; one that the toolkit uses itself is written as {@code user_…}
   * @param value any value; written as by {@code JsonWriter.value}
   */
  public static Restore with(String key, @Nullable Object value) {
    LiveInvocation function = Scope.currentInvocation();
    if (function != null) {
      LogScope.of(function).carryThreadKeys();
    }
    return ThreadKeys.add(key, value, function);
  }

  /**
   * An argument of a message that is a key of the line as well: {@code log.info("packed {}",
   * Logs.kv("order", order))} has {@code order=…} in its message and the order as JSON under {@code
   * order}. Nothing is asked of the value before the line is written, and nothing at all if its
   * level is off.
   *
   * @param key the name; one that the toolkit uses itself is written as {@code user_…}
   * @param value any value; written as by {@code JsonWriter.value}
   */
  public static KeyValue kv(String key, @Nullable Object value) {
    return new KeyValue(key, value);
  }

  /** As {@link Logging} without any attribute. */
  public static Logs defaults() {
    return DEFAULTS;
  }

  /** As {@link Logging} with these attributes. */
  public static Logs of(LoggingOptions options) {
    return of(options, new SignalLines(LoggerFactory.getLogger(SignalLines.LOGGER_NAME)));
  }

  static Logs of(LoggingOptions options, SignalLines signals) {
    return new Logs(options, signals);
  }

  /**
   * Runs the body of a handler as if the handler bore {@link Logging}. Opens the invocation, unless
   * one is open already.
   *
   * @param event the event, in any form; a stream is not looked into
   * @param context the platform's context; {@code null} if there is none
   * @param work the body
   * @return the result of the body
   * @throws X what the body throws, unchanged
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // the result is the work's
  public <T extends @Nullable Object, X extends Exception> T call(
      @Nullable Object event, @Nullable Context context, Work<T, X> work) throws X {
    try {
      return (T) enter(event, context, work);
    } catch (Throwable thrown) {
      throw Logs.<X>unchanged(thrown);
    }
  }

  private @Nullable Object enter(@Nullable Object event, @Nullable Context context, Work<?, ?> work)
      throws Throwable {
    LiveInvocation current = Scope.currentInvocation();
    if (current != null) {
      return chain(current.runtime()).call(current, null, arguments(event, context), body(work));
    }
    FunctionRuntime runtime = FunctionRuntime.current();
    LiveInvocation opened =
        LiveInvocation.under(runtime).context(context).event(view(event)).open();
    return Entry.run(
        opened,
        Scope.of(opened),
        () -> chain(runtime).call(opened, null, arguments(event, context), body(work)));
  }

  private static Body body(Work<?, ?> work) {
    return (target, arguments) -> work.run();
  }

  private static @Nullable Object[] arguments(@Nullable Object event, @Nullable Context context) {
    return new @Nullable Object[] {event, context};
  }

  private static EventView view(@Nullable Object event) {
    return event == null || event instanceof InputStream ? EventView.empty() : EventView.of(event);
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
    LoggingInterceptor link =
        LoggingInterceptor.of(options, runtime, signals, LoggerFactory.getLogger(Logs.class));
    return Links.of(CODE, runtime).link(link, Phase.LOG, Side.OWN, 0, "Logs.call").chain();
  }

  /** The work throws X and unchecked exceptions only, so whatever arrives is one of them. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X unchanged(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
