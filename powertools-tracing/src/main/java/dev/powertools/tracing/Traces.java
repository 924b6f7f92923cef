// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Spans by code: what {@link Tracing} does by annotation, and the current context for what is sent
 * to others.
 *
 * <pre>{@code
 * Receipt receipt = Traces.span("charge", () -> {
 *   Traces.attribute("order.cents", order.cents());
 *   return shop.charge(order);
 * });
 * }</pre>
 *
 * <p>Where there is neither an SDK nor an agent all of it does nothing but run the work.
 * Thread-safe.
 */
public final class Traces {

  private static final String ANYWHERE = "";

  private Traces() {}

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
   * Runs the body of a handler as if the handler bore {@link Tracing}. Opens the invocation, unless
   * one is open already; in the record of a batch it is the record's span.
   *
   * @param event the event, in any form; a stream is not looked into
   * @param context the platform's context; {@code null} if there is none
   * @param work the body
   * @return the result of the body
   * @throws X what the body throws, unchanged
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // the result is the work's
  public static <T extends @Nullable Object, X extends Exception> T call(
      @Nullable Object event, @Nullable Context context, Work<T, X> work) throws X {
    try {
      return (T) enter(event, context, work);
    } catch (Throwable thrown) {
      throw Traces.<X>unchanged(thrown);
    }
  }

  private static @Nullable Object enter(
      @Nullable Object event, @Nullable Context context, Work<?, ?> work) throws Throwable {
    LiveInvocation current = Scope.currentInvocation();
    if (current != null) {
      return unit(current, work);
    }
    LiveInvocation opened =
        LiveInvocation.under(FunctionRuntime.current()).context(context).event(view(event)).open();
    return Entry.run(opened, Scope.of(opened), () -> unit(opened, work));
  }

  private static @Nullable Object unit(LiveInvocation function, Work<?, ?> work) throws Throwable {
    FunctionRuntime runtime = function.runtime();
    SpanEngine engine = SpanEngine.of(runtime);
    return engine == null
        ? work.run()
        : engine.run(
            SpanPlan.unit(TracingSettings.of(runtime)), function, index -> null, work::run);
  }

  private static EventView view(@Nullable Object event) {
    return event == null || event instanceof InputStream ? EventView.empty() : EventView.of(event);
  }

  /**
   * Runs work in a span of its own, inside the current one.
   *
   * @param name the span's name: of the kind of work, without ids
   * @throws X what the work throws, unchanged
   */
  public static <T extends @Nullable Object, X extends Exception> T span(
      String name, Work<T, X> work) throws X {
    return span(name, Tracing.Kind.INTERNAL, work);
  }

  /**
   * Runs work in a span of its own, inside the current one.
   *
   * @param name the span's name: of the kind of work, without ids
   * @param kind {@code CLIENT} or {@code PRODUCER} where it calls or sends to others
   * @throws X what the work throws, unchanged
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // the result is the work's
  public static <T extends @Nullable Object, X extends Exception> T span(
      String name, Tracing.Kind kind, Work<T, X> work) throws X {
    FunctionRuntime runtime = FunctionRuntime.current();
    SpanEngine engine = SpanEngine.of(runtime);
    if (engine == null) {
      return work.run();
    }
    SpanPlan plan = SpanPlan.inner(name, kind, TracingSettings.of(runtime));
    try {
      return (T) engine.run(plan, Scope.currentInvocation(), index -> null, work::run);
    } catch (Throwable thrown) {
      throw Traces.<X>unchanged(thrown);
    }
  }

  /**
   * Puts an attribute on the current span. Numbers and booleans keep their type; anything else
   * becomes text, redacted and cut.
   */
  public static void attribute(String name, Object value) {
    SpanEngine engine = SpanEngine.of(FunctionRuntime.current());
    if (engine != null) {
      engine.attribute(name, value);
    }
  }

  /**
   * Puts the current context into headers ({@code traceparent} and what else the SDK's propagators
   * write), to be sent along with a request or a message. Baggage is left out.
   */
  public static void inject(Map<? super String, ? super String> headers) {
    inject(ANYWHERE, headers::put);
  }

  /**
   * Tells the current context as headers, with the baggage if {@link TracingOptions#baggageTo()}
   * has the destination.
   *
   * @param destination where it goes: a host, a queue's name, as the options name it
   * @param header takes each name and value
   */
  public static void inject(String destination, BiConsumer<String, String> header) {
    SpanEngine engine = SpanEngine.of(FunctionRuntime.current());
    if (engine != null) {
      engine.inject(destination, header);
    }
  }

  /**
   * The current context as AWS services take it beside their payload, at no cost of an attribute:
   * the message system attribute {@code AWSTraceHeader} of SQS, {@code traceHeader} of an
   * EventBridge entry, the HTTP header {@code X-Amzn-Trace-Id}. Empty if no span is current.
   */
  public static Optional<String> awsTraceHeader() {
    SpanEngine engine = SpanEngine.of(FunctionRuntime.current());
    return engine == null ? Optional.empty() : engine.xrayHeader();
  }

  /** The work throws X and unchecked exceptions only, so whatever arrives is one of them. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X unchanged(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
