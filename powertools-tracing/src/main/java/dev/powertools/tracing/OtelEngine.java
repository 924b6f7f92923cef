// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Call;
import dev.powertools.core.internal.LiveInvocation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Spans by OpenTelemetry. What is done for them alone never fails the work. */
final class OtelEngine implements SpanEngine {

  private final Guard guard;
  private final OtelSource source;
  private final SpanText text;
  private final SpanStarter starter;
  private final Outbound outbound;

  private OtelEngine(FunctionRuntime runtime) {
    TracingSettings settings = TracingSettings.of(runtime);
    this.guard = new Guard(runtime);
    this.source = new OtelSource(runtime);
    this.text = new SpanText(settings.redactor(), settings.options().maxValueChars());
    this.starter = new SpanStarter(source, text, guard, settings.options().flushTimeout());
    this.outbound = new Outbound(source, settings.options().baggageTo());
  }

  static OtelEngine of(FunctionRuntime runtime) {
    return new OtelEngine(runtime);
  }

  @Override
  public @Nullable Object run(
      SpanPlan plan,
      @Nullable LiveInvocation function,
      IntFunction<@Nullable Object> arguments,
      Call body)
      throws Throwable {
    OpenSpan span = guard.get(() -> starter.start(plan, function, arguments));
    if (span == null) {
      return body.run();
    }
    try {
      Object result = body.run();
      guard.run(() -> span.returned(result));
      return result;
    } catch (Throwable thrown) {
      guard.run(() -> span.threw(thrown));
      throw thrown;
    } finally {
      guard.run(span::close);
    }
  }

  @Override
  public void attribute(String name, Object value) {
    guard.run(() -> text.put(SpanIds.current(), name, value));
  }

  @Override
  public void inject(String destination, BiConsumer<String, String> header) {
    guard.run(() -> outbound.inject(destination, header));
  }

  @Override
  public Optional<String> xrayHeader() {
    SpanContext context = guard.get(() -> Span.current().getSpanContext());
    return context == null || !context.isValid()
        ? Optional.empty()
        : Optional.of(XrayHeader.of(context));
  }
}
