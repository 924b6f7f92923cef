// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.Outcome;
import dev.powertools.local.event.Events;
import dev.powertools.logging.CorrelationId;
import dev.powertools.logging.Logging;
import dev.powertools.logging.LoggingOptions;
import dev.powertools.logging.Logs;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events, responses and errors in the log: whole where they are, redacted and cut where read. */
@FunctionTest
class PayloadLoggingTest {

  private static final String HTTP =
      "{\"headers\":{\"authorization\":\"Bearer s3cret\"},\"body\":\"{\\\"password\\\":\\\"s3cret\\\"}\","
          + "\"requestContext\":{\"requestId\":\"c-9\"}}";

  @Logging(logEvent = true, logResponse = true, correlationId = CorrelationId.API_GATEWAY_HTTP)
  public static class Http
      implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(201).withBody("made").build();
    }
  }

  @Logging(logEvent = true, logResponse = true, maxPayloadBytes = 64)
  public static class Echo implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      in.transferTo(out);
    }
  }

  @Logging(logEvent = true, logResponse = true)
  public static class Base extends FunctionHandler<Map<String, String>, List<String>> {
    @Override
    protected List<String> handle(Map<String, String> event, Context context) {
      return List.copyOf(event.values());
    }
  }

  public static class Code implements RequestHandler<Map<String, String>, String> {
    private static final Logs LOGS =
        Logs.of(LoggingOptions.builder().logEvent().logResponse().build());

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      return LOGS.call(event, context, () -> event.get("a"));
    }
  }

  @Logging
  public static class Inner implements RequestHandler<Map<String, String>, String> {
    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      return inner();
    }

    @Logging
    private String inner() {
      throw new IllegalStateException("no stock");
    }
  }

  public static class Records extends SqsBatchHandler<Map<String, String>> {
    @Override
    @Logging(logEvent = true)
    protected Outcome onRecord(Map<String, String> order, RecordContext message) {
      return Outcome.done();
    }
  }

  private static LogLine line(FunctionLogs logs, String message) {
    return logs.lines().stream().filter(l -> l.message().equals(message)).findFirst().orElseThrow();
  }

  @Test
  void of_a_woven_handler_are_redacted_and_carry_the_invocations_keys(
      Functions functions, FunctionLogs logs) {
    functions.function(Http.class).invokeJson(HTTP);

    assertThat(line(logs, "Event").text()).contains("[REDACTED]").doesNotContain("s3cret");
    assertThat(line(logs, "Response").field("response"))
        .hasValueSatisfying(text -> assertThat(text).contains("201", "made"));
    assertThat(line(logs, "Response").fields()).containsEntry("correlation_id", "c-9");
  }

  @Test
  void of_a_stream_pass_unchanged_and_are_cut_in_the_log(Functions functions, FunctionLogs logs) {
    byte[] bytes =
        ("\"" + "x".repeat(500) + "\"").getBytes(java.nio.charset.StandardCharsets.UTF_8);

    assertThat(functions.function(Echo.class).invokeBytes(bytes).bytes()).isEqualTo(bytes);

    assertThat(line(logs, "Event").text()).contains("truncated").hasSizeLessThan(700);
    assertThat(line(logs, "Response").text()).contains("truncated").hasSizeLessThan(700);
  }

  @Test
  void of_a_stream_may_be_no_text_at_all(Functions functions, FunctionLogs logs) {
    byte[] bytes = {(byte) 0xFF, 0, (byte) 0xC3, '"', '\n', (byte) 0x80};

    assertThat(functions.function(Echo.class).invokeBytes(bytes).bytes()).isEqualTo(bytes);

    assertThat(logs.lines()).hasSize(2);
  }

  @Test
  void of_a_base_class_and_of_plain_code_are_written_as_well(
      Functions functions, FunctionLogs logs) {
    functions.function(Base.class).invokeJson("{\"a\":\"x\"}");
    functions.function(Code.class).invokeJson("{\"a\":\"y\"}");

    assertThat(logs.lines())
        .extracting(l -> l.fields().get(l.message().toLowerCase(java.util.Locale.ROOT)))
        .containsExactly(Map.of("a", "x"), List.of("x"), Map.of("a", "y"), "y");
  }

  @Test
  void of_a_record_are_the_records(Functions functions, FunctionLogs logs) {
    functions.function(Records.class).invoke(Events.sqs().bodies("{\"a\":\"1\"}", "{\"a\":\"2\"}"));

    assertThat(logs.lines()).hasSize(2);
    assertThat(logs.lines().get(1).text()).contains("\\\"a\\\":\\\"2\\\"");
  }

  @Test
  void are_asked_for_by_the_environment_once_for_each_invocation(
      Functions functions, FunctionLogs logs) {
    var function =
        functions
            .environment("POWERTOOLS_LOGGER_LOG_EVENT", "true")
            .environment("POWERTOOLS_LOGGER_LOG_ERROR", "true")
            .function(Inner.class);

    assertThat(function.invokeJson("{\"a\":\"1\"}").error()).isPresent();

    assertThat(logs.messages()).containsExactly("Event", "The call failed");
    assertThat(line(logs, "The call failed").text()).contains("no stock");
  }
}
