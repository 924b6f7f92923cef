// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.WorkContext;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.LiveInvocation;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides which span a call gets, and starts it: that of its unit of work, if it is the outermost
 * such call in it, else a child of the current one. Where an invocation arrives under a span that
 * is current already, that one is taken for the invocation's.
 */
final class SpanStarter {

  private static final EventFacts NO_FACTS = EventFacts.of(EventView.empty());

  private final OtelSource source;
  private final SpanText text;
  private final Guard guard;
  private final Duration flushTimeout;

  SpanStarter(OtelSource source, SpanText text, Guard guard, Duration flushTimeout) {
    this.source = source;
    this.text = text;
    this.guard = guard;
    this.flushTimeout = flushTimeout;
  }

  /** Starts the span of a call and makes it current; {@code null} if nothing is set up. */
  @Nullable OpenSpan start(
      SpanPlan plan, @Nullable LiveInvocation function, IntFunction<@Nullable Object> arguments) {
    Tracer tracer = source.tracer();
    OpenTelemetry openTelemetry = source.openTelemetry();
    if (tracer == null || openTelemetry == null) {
      return null;
    }
    if (function == null) {
      return child(tracer, plan, null, Context.current(), arguments);
    }
    RootHooks.join(function, openTelemetry, flushTimeout, text);
    UnitSpan unit = UnitSpan.of(function);
    if (!plan.ofUnit() || !unit.begin()) {
      return child(tracer, plan, function, parent(function, openTelemetry), arguments);
    }
    return function.parent().isPresent()
        ? record(tracer, plan, function, unit, arguments)
        : invocation(tracer, plan, function, unit, arguments);
  }

  private OpenSpan child(
      Tracer tracer,
      SpanPlan plan,
      @Nullable LiveInvocation function,
      Context parent,
      IntFunction<@Nullable Object> arguments) {
    String name = plan.name().isBlank() ? plan.fallback() : plan.name();
    Span span =
        tracer
            .spanBuilder(name)
            .setParent(parent)
            .setSpanKind(kind(plan, SpanKind.INTERNAL))
            .startSpan();
    put(plan, function, arguments, span);
    return new OpenSpan(span, plan, text, guard).of(function).makeCurrent(parent);
  }

  /** The current context; where no span is current, that of the unit of work. */
  private static Context parent(LiveInvocation function, OpenTelemetry openTelemetry) {
    Context current = Context.current();
    if (isValid(Span.fromContext(current))) {
      return current;
    }
    Span unit = UnitSpan.of(function).nearest();
    if (unit != null) {
      return current.with(unit);
    }
    return Parents.of(
        root(function), EventFacts.of(root(function).event()), Outbound.propagator(openTelemetry));
  }

  static LiveInvocation root(LiveInvocation function) {
    LiveInvocation root = function;
    while (root.parent().isPresent()) {
      root = (LiveInvocation) root.parent().get();
    }
    return root;
  }

  private OpenSpan invocation(
      Tracer tracer,
      SpanPlan plan,
      LiveInvocation function,
      UnitSpan unit,
      IntFunction<@Nullable Object> arguments) {
    EventFacts facts = Objects.requireNonNullElse(guard.get(() -> facts(function)), NO_FACTS);
    AttributesBuilder attributes = facts.attributes().toBuilder();
    LambdaFacts.put(function, attributes);
    Span current = Span.current();
    OpenSpan open;
    if (isValid(current)) {
      current.setAllAttributes(attributes.build());
      put(plan, function, arguments, current);
      open = new OpenSpan(current, plan, text, guard).of(function).notOurs();
    } else {
      Context parent = Parents.of(function, facts, propagator());
      Span span =
          tracer
              .spanBuilder(name(plan, facts.name(), function))
              .setParent(parent)
              .setSpanKind(kind(plan, facts.kind()))
              .setAllAttributes(attributes.build())
              .startSpan();
      put(plan, function, arguments, span);
      open = new OpenSpan(span, plan, text, guard).of(function).makeCurrent(parent);
    }
    unit.set(open.span());
    return open.invocation(facts, unit);
  }

  private static EventFacts facts(LiveInvocation function) {
    return EventFacts.of(function.event());
  }

  private TextMapPropagator propagator() {
    return Outbound.propagator(Objects.requireNonNull(source.openTelemetry()));
  }

  private OpenSpan record(
      Tracer tracer,
      SpanPlan plan,
      LiveInvocation function,
      UnitSpan unit,
      IntFunction<@Nullable Object> arguments) {
    WorkContext work = function.work();
    String arn = work == null ? "" : work.source();
    Context parent = parent(function, Objects.requireNonNull(source.openTelemetry()));
    SpanBuilder builder =
        tracer
            .spanBuilder(name(plan, RecordFacts.processing(arn), function))
            .setParent(parent)
            .setSpanKind(kind(plan, SpanKind.CONSUMER))
            .setAllAttributes(message(work, arn));
    SpanContext sender = work == null ? SpanContext.getInvalid() : Senders.of(work);
    if (sender.isValid()) {
      builder.addLink(sender);
    }
    Span span = builder.startSpan();
    unit.set(span);
    put(plan, function, arguments, span);
    return new OpenSpan(span, plan, text, guard).of(function).makeCurrent(parent).endsWithUnit();
  }

  private static Attributes message(@Nullable WorkContext work, String arn) {
    AttributesBuilder attributes = RecordFacts.messaging(arn);
    if (work != null && !work.id().isEmpty()) {
      attributes.put(SemConv.MESSAGE_ID, work.id());
    }
    return attributes.build();
  }

  private void put(
      SpanPlan plan,
      @Nullable LiveInvocation function,
      IntFunction<@Nullable Object> arguments,
      Span span) {
    for (SpanPlan.Parameter each : plan.attributes()) {
      guard.run(() -> put(each, plan, function, arguments, span));
    }
  }

  /** A payload that is not decoded yet is read as the unit of work's event. */
  private void put(
      SpanPlan.Parameter parameter,
      SpanPlan plan,
      @Nullable LiveInvocation function,
      IntFunction<@Nullable Object> arguments,
      Span span) {
    Object argument = arguments.apply(parameter.index());
    boolean undecoded = argument == null || argument instanceof byte[];
    EventView view =
        undecoded && plan.ofUnit() && function != null && parameter.index() == 0
            ? function.event()
            : EventView.of(argument);
    text.put(span, parameter, argument, view);
  }

  private static String name(SpanPlan plan, @Nullable String triggered, LiveInvocation function) {
    if (!plan.name().isBlank()) {
      return plan.name();
    }
    String name = triggered == null ? LambdaFacts.functionName(function) : triggered;
    return name == null || name.isBlank() ? plan.fallback() : name;
  }

  private static SpanKind kind(SpanPlan plan, SpanKind automatic) {
    return switch (plan.kind()) {
      case AUTO -> automatic;
      case INTERNAL -> SpanKind.INTERNAL;
      case SERVER -> SpanKind.SERVER;
      case CLIENT -> SpanKind.CLIENT;
      case PRODUCER -> SpanKind.PRODUCER;
      case CONSUMER -> SpanKind.CONSUMER;
    };
  }

  private static boolean isValid(Span span) {
    return span.getSpanContext().isValid();
  }
}
