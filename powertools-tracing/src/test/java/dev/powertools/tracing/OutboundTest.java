// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tracing.Calls.TestContext;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The current context on its way to others. */
class OutboundTest {

  private final Recorded recorded =
      new Recorded(
          ContextPropagators.create(
              TextMapPropagator.composite(
                  W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())));

  private Map<String, String> injected(FunctionRuntime runtime, String destination) {
    Map<String, String> headers = new TreeMap<>();
    Calls.invoke(
        runtime,
        null,
        TestContext.plain(),
        () ->
            Traces.span(
                "send",
                () -> {
                  try (Scope ignored =
                      Baggage.builder().put("customer", "ada").build().makeCurrent()) {
                    Traces.inject(destination, headers::put);
                  }
                  return null;
                }));
    return headers;
  }

  @Test
  void is_told_as_headers_and_baggage_stays() {
    Map<String, String> headers = injected(recorded.runtime().build(), "anywhere");

    assertThat(headers).containsOnlyKeys("traceparent");
    assertThat(headers.get("traceparent"))
        .contains(recorded.only().getTraceId(), recorded.only().getSpanId());
  }

  @Test
  void takes_baggage_along_to_those_that_are_named() {
    FunctionRuntime runtime =
        recorded
            .runtime()
            .part(
                TracingOptions.class,
                TracingOptions.builder().baggageTo(Set.of("orders.acme.com")).build())
            .build();

    assertThat(injected(runtime, "orders.acme.com")).containsEntry("baggage", "customer=ada");
    assertThat(injected(runtime, "other.com")).containsOnlyKeys("traceparent");
  }

  @Test
  void is_told_by_w3c_where_the_sdk_has_no_propagator() {
    Recorded bare = new Recorded(ContextPropagators.noop());

    assertThat(injected(bare.runtime().build(), "")).containsOnlyKeys("traceparent");
  }

  @Test
  void is_told_as_aws_services_take_it_and_reads_back_the_same() {
    String[] header = new String[1];
    Calls.invoke(
        recorded.runtime().build(),
        null,
        TestContext.plain(),
        () ->
            Traces.span(
                "send",
                () -> {
                  header[0] = Traces.awsTraceHeader().orElseThrow();
                  return null;
                }));

    assertThat(header[0]).startsWith("Root=1-").endsWith(";Sampled=1");
    assertThat(XrayHeader.parse(header[0]).getTraceId()).isEqualTo(recorded.only().getTraceId());
    assertThat(XrayHeader.parse(header[0]).getSpanId()).isEqualTo(recorded.only().getSpanId());
    assertThat(XrayHeader.parse(header[0]).isSampled()).isTrue();
  }

  @Test
  void is_nothing_where_no_span_is_current() {
    Calls.invoke(
        recorded.runtime().build(),
        null,
        TestContext.plain(),
        () -> {
          assertThat(Traces.awsTraceHeader()).isEmpty();
          return null;
        });
  }
}
