// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.ForkOptions;
import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InvocationResult;
import dev.powertools.local.LocalFunction;
import dev.powertools.tests.OtlpReceiver.Received;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The set-up that the page on tracing calls "agent": a process of its own under the production
 * runtime client with OpenTelemetry's Java agent, no SDK on the function's class path, the spans
 * read back by a receiver.
 */
@Tag("heavy")
class AgentTest {

  private static final Path AGENT = Path.of("target/agent/opentelemetry-javaagent.jar");

  private final List<String> output = new CopyOnWriteArrayList<>();

  private InvocationResult invoke(String endpoint) {
    FunctionOptions options =
        FunctionOptions.builder(AgentGreeting.class.getName())
            .timeout(Duration.ofSeconds(60))
            .maxConcurrency(1)
            .environment(
                Map.of(
                    "OTEL_SERVICE_NAME", "greetings",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint,
                    "OTEL_METRICS_EXPORTER", "none",
                    "OTEL_LOGS_EXPORTER", "none",
                    "OTEL_INSTRUMENTATION_AWS_LAMBDA_FLUSH_TIMEOUT", "20000"))
            .build();
    ForkOptions fork =
        ForkOptions.builder()
            .output(output::add)
            .classPath(withoutSdk())
            .jvmFlags("-javaagent:" + AGENT.toAbsolutePath())
            .initTimeout(Duration.ofSeconds(60))
            .build();
    try (LocalFunction function = LocalFunction.fork(options, fork)) {
      return function.invoke("\"Ada\"".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<Path> withoutSdk() {
    return ForkOptions.builder().build().classPath().stream()
        .filter(entry -> !entry.toString().matches(".*opentelemetry-(sdk|exporter).*"))
        .toList();
  }

  @Test
  void its_span_is_enriched_and_not_doubled() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      InvocationResult result = invoke(receiver.endpoint());

      assertThat(result.text()).as("%s", output).isEqualTo("\"Hello Ada\"");
      assertThat(receiver.spans())
          .as("ours, %s", output)
          .filteredOn(span -> span.scope().equals("dev.powertools.tracing"))
          .extracting(Received::name)
          .containsExactly("greet");
      Received invocation = receiver.parentOf(receiver.named("greet"));
      assertThat(invocation.scope()).startsWith("io.opentelemetry.aws-lambda");
      assertThat(invocation.attributes())
          .containsEntry("faas.trigger", "other")
          .containsKeys("faas.coldstart", "aws.lambda.invoked_arn");
      assertThat(line("greeting"))
          .contains("\"trace_id\":\"" + invocation.traceId() + "\"")
          .contains("\"span_id\":\"" + invocation.spanId() + "\"");
    }
  }

  private String line(String message) {
    return output.stream().filter(line -> line.contains(message)).findFirst().orElseThrow();
  }
}
