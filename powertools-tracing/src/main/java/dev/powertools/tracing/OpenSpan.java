// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FinalOutcome;
import dev.powertools.core.InvocationClosedException;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.json.JsonPointer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The span of a call that is running. Closed on the thread that started it. The span of a record
 * ends when the record's outcome is known for good, so that it bears that outcome and what was told
 * about it. Confined to one thread, save for that end.
 */
final class OpenSpan {

  private static final JsonPointer STATUS_CODE = JsonPointer.of("/statusCode");
  private static final int SERVER_ERROR = 500;
  private static final int MOST_LINKS = 128; // as many as an SDK keeps by default

  private final Span span;
  private final SpanPlan plan;
  private final SpanText text;
  private final Guard guard;
  private final Context before = Context.current();
  private @Nullable LiveInvocation function;
  private @Nullable EventFacts facts;
  private @Nullable UnitSpan unit;
  private @Nullable Scope scope;
  private boolean ours = true;
  private boolean endsLater;
  private volatile boolean failed;

  OpenSpan(Span span, SpanPlan plan, SpanText text, Guard guard) {
    this.span = span;
    this.plan = plan;
    this.text = text;
    this.guard = guard;
  }

  Span span() {
    return span;
  }

  OpenSpan of(@Nullable LiveInvocation value) {
    function = value;
    return this;
  }

  /** It was current before: whoever opened it marks it and ends it. */
  OpenSpan notOurs() {
    ours = false;
    return this;
  }

  /** It is the span of an invocation. */
  OpenSpan invocation(EventFacts what, UnitSpan own) {
    facts = what;
    unit = own;
    return this;
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  OpenSpan makeCurrent(Context parent) {
    scope = parent.with(span).makeCurrent();
    return this;
  }

  OpenSpan endsWithUnit() {
    LiveInvocation record = function;
    if (record != null) {
      try {
        record.onEnd(outcome -> guard.run(() -> ended(outcome)));
        endsLater = true;
      } catch (InvocationClosedException e) {
        endsLater = false;
      }
    }
    return this;
  }

  void returned(@Nullable Object result) {
    if (facts != null && facts.http() && result != null) {
      EventView.of(result).integer(STATUS_CODE).ifPresent(this::status);
    }
    if (plan.captureResult() && result != null) {
      text.putJson(span, SemConv.RESULT, result);
    }
  }

  private void status(long code) {
    span.setAttribute(SemConv.STATUS, code);
    if (code >= SERVER_ERROR && ours) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(SemConv.ERROR_TYPE, Long.toString(code));
    }
  }

  void threw(Throwable thrown) {
    failed = true;
    if (ours) {
      ErrorEvent.put(span, thrown, plan.captureError(), text);
    }
  }

  /** Also puts back the context that was there before, whatever the work left behind. */
  void close() {
    if (scope != null) {
      guard.run(scope::close);
      if (Context.current() != before) {
        guard.run(before::makeCurrent);
      }
    }
    if (!endsLater) {
      finish();
    }
  }

  private void ended(FinalOutcome outcome) {
    String kind = outcome.kind().name().toLowerCase(Locale.ROOT);
    span.setAttribute(SemConv.OUTCOME, kind);
    if (!failed && outcome.kind() == FinalOutcome.Kind.DEAD_LETTERED) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(SemConv.ERROR_TYPE, kind);
    }
    finish();
  }

  private void finish() {
    guard.run(this::putFacts);
    guard.run(this::linkSenders);
    if (ours) {
      span.end();
    }
  }

  private void putFacts() {
    if (function != null && span.isRecording()) {
      function
          .attributes()
          .forEach(
              (key, value) -> {
                if (key.isTraceable()) {
                  text.put(span, key.name(), value);
                }
              });
    }
  }

  /** Where records have no spans of their own, the batch's is linked to all that sent them. */
  private void linkSenders() {
    if (facts != null && unit != null && function != null && unit.hasNoRecords()) {
      for (int i = 0; i < Math.min(facts.messages(), MOST_LINKS); i++) {
        SpanContext sender = Senders.of(function.event(), i);
        if (sender.isValid()) {
          span.addLink(sender);
        }
      }
    }
  }
}
