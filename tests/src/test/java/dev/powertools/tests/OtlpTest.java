// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.ForkOptions;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InvocationResult;
import dev.powertools.local.LocalFunction;
import dev.powertools.tests.OtlpReceiver.Received;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The set-up that the page on tracing calls "plain OTLP": a process of its own under the production
 * runtime client, its SDK set up by environment variables alone, its spans read back by a receiver.
 */
@Tag("heavy")
class OtlpTest {

  private final List<String> output = new CopyOnWriteArrayList<>();

  private InvocationResult invoke(String endpoint) {
    FunctionOptions options =
        FunctionOptions.builder(TracedGreeting.class.getName())
            .timeout(Duration.ofSeconds(30))
            .maxConcurrency(1)
            .environment(
                // region environment
                Map.of(
                    "OTEL_JAVA_GLOBAL_AUTOCONFIGURE_ENABLED", "true",
                    "OTEL_SERVICE_NAME", "greetings",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint,
                    "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                    "OTEL_METRICS_EXPORTER", "none",
                    "OTEL_LOGS_EXPORTER", "none")
                // endregion
                )
            .build();
    try (LocalFunction function =
        LocalFunction.fork(options, ForkOptions.builder().output(output::add).build())) {
      return function.invoke("\"Ada\"".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void spans_have_arrived_when_the_response_has() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      InvocationResult result = invoke(receiver.endpoint());

      assertThat(result.text()).as("%s", output).isEqualTo("\"Hello Ada\"");
      assertThat(receiver.spans())
          .extracting(Received::name)
          .containsExactlyInAnyOrder("greet", TracedGreeting.class.getSimpleName());
      Received greet = receiver.named("greet");
      Received invocation = receiver.named(TracedGreeting.class.getSimpleName());
      assertThat(greet.parentId()).isEqualTo(invocation.spanId());
      assertThat(greet.traceId()).isEqualTo(invocation.traceId());
    }
  }

  @Test
  void a_collector_that_is_not_there_breaks_nothing() {
    InvocationResult result = invoke("http://localhost:1");

    assertThat(result.text()).as("%s", output).isEqualTo("\"Hello Ada\"");
  }

  @Test
  void an_sdk_that_cannot_be_set_up_breaks_nothing() {
    InvocationResult result = invoke("no endpoint at all");

    assertThat(result.text()).as("%s", output).isEqualTo("\"Hello Ada\"");
  }
}
