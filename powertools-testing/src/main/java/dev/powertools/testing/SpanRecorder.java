// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.Timing;
import dev.powertools.testing.RecordedSpan.Content;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Gives a test an OpenTelemetry SDK of its own, on its own clock. Loaded where there is one. */
final class SpanRecorder implements SpanProcessor {

  private final Spans spans;
  private final Map<String, Integer> orders = new ConcurrentHashMap<>();

  private SpanRecorder(Spans spans) {
    this.spans = spans;
  }

  static void standIn(TestRuntimes runtimes, Spans spans, Timing timing) {
    runtimes.standIn(OpenTelemetry.class, () -> sdk(new SpanRecorder(spans), timing));
  }

  private static OpenTelemetry sdk(SpanRecorder recorder, Timing timing) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setClock(new TimingClock(timing))
                .addSpanProcessor(recorder)
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    orders.put(span.getSpanContext().getSpanId(), spans.begin());
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    SpanData data = span.toSpanData();
    int order = Objects.requireNonNull(orders.remove(data.getSpanId()));
    spans.add(new RecordedSpan(spans, order, content(data)));
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  private static Content content(SpanData data) {
    return new Content(
        data.getName(),
        data.getKind().name(),
        data.getTraceId(),
        data.getSpanId(),
        data.getParentSpanId(),
        data.getStatus().getStatusCode() == StatusCode.ERROR,
        data.getStatus().getDescription(),
        map(data.getAttributes()),
        data.getLinks().stream()
            .map(link -> link.getSpanContext())
            .map(to -> new RecordedSpan.Link(to.getTraceId(), to.getSpanId()))
            .toList(),
        data.getEvents().stream()
            .map(event -> new RecordedSpan.Event(event.getName(), map(event.getAttributes())))
            .toList());
  }

  private static Map<String, Object> map(Attributes attributes) {
    Map<String, Object> map = new LinkedHashMap<>();
    attributes.forEach((key, value) -> map.put(key.getKey(), value));
    return map;
  }

  private record TimingClock(Timing timing) implements Clock {
    @Override
    public long now() {
      Instant now = timing.now();
      return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public long nanoTime() {
      return timing.nanoTime();
    }
  }
}
