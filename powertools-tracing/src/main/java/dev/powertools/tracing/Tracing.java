// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.Side;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an OpenTelemetry span of each call.
 *
 * <p>On a handler it is the span of the invocation, on the record method of a batch that of the
 * record: kind, name and attributes say what triggered it, by OpenTelemetry's semantic conventions
 * for FaaS, HTTP and messaging, and its parent is found in what came with the event. A span that is
 * current already where the invocation arrives, an agent's, is enriched instead. On any other
 * method it is a child of the current span.
 *
 * <p>An exception marks its span, and reaches the caller unchanged. Without an OpenTelemetry SDK or
 * agent, or where {@code POWERTOOLS_TRACE_DISABLED} is {@code true}, there is no span and no cost.
 * Nothing about spans ever fails the function.
 */
@Documented
@Intercepted(by = TracingFactory.class, phase = Phase.TRACE, side = Side.OWN)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Tracing {

  /**
   * The name of the span. By default that of the trigger ({@code GET /orders/{id}}, {@code process
   * orders}, the function's name), for other methods {@code Class.method}.
   */
  String name() default "";

  /** The kind of the span: {@code SERVER} or {@code CONSUMER} by trigger, else {@code INTERNAL}. */
  Kind kind() default Kind.AUTO;

  /**
   * Whether the result becomes the attribute {@code powertools.result}, as JSON, redacted and cut;
   * by default what {@link TracingOptions} says.
   */
  Capture captureResult() default Capture.DEFAULT;

  /**
   * Whether message and stack trace of an exception are recorded, redacted and cut; by default what
   * {@link TracingOptions} says. Its class always is.
   */
  Capture captureError() default Capture.DEFAULT;

  /** The kinds of spans, as OpenTelemetry defines them. */
  enum Kind {
    /** As the trigger says. */
    AUTO,
    /** Work inside the function. */
    INTERNAL,
    /** Answers a request. */
    SERVER,
    /** Sends a request and waits. */
    CLIENT,
    /** Sends a message. */
    PRODUCER,
    /** Handles a message. */
    CONSUMER
  }
}
