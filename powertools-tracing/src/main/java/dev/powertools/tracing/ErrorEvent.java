// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * Marks a span as failed, and records the exception as the conventions say: type, message, and the
 * stack trace with its causes. Not by {@link Span#recordException}, which would send its texts with
 * all secrets in them. An exception whose own methods throw is recorded by its class.
 */
final class ErrorEvent {

  private ErrorEvent() {}

  static void put(Span span, Throwable thrown, boolean texts, SpanText text) {
    String type = thrown.getClass().getName();
    span.setAttribute(SemConv.ERROR_TYPE, type);
    String message = texts ? message(thrown) : null;
    String shown = message == null ? null : text.cut(text.clean(message));
    if (shown == null) {
      span.setStatus(StatusCode.ERROR);
    } else {
      span.setStatus(StatusCode.ERROR, shown);
    }
    AttributesBuilder event = Attributes.builder().put(SemConv.EXCEPTION_TYPE, type);
    if (shown != null) {
      event.put(SemConv.EXCEPTION_MESSAGE, shown);
    }
    String stack = texts ? stack(thrown) : null;
    if (stack != null) {
      event.put(SemConv.EXCEPTION_STACK, text.stack(stack));
    }
    span.addEvent("exception", event.build());
  }

  private static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return null;
    }
  }

  private static @Nullable String stack(Throwable thrown) {
    StringWriter stack = new StringWriter();
    try {
      thrown.printStackTrace(new PrintWriter(stack));
      return stack.toString();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return null;
    }
  }
}
