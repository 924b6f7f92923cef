// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for a function however it is run. */
abstract class LocalFunctionContract {
  static final byte[] EMPTY = "{}".getBytes(UTF_8);

  private final List<LocalFunction> started = new ArrayList<>();

  abstract LocalFunction start(FunctionOptions options);

  final LocalFunction function(Class<?> handler) {
    return started(start(FunctionOptions.of(handler.getName())));
  }

  final <F extends LocalFunction> F started(F function) {
    started.add(function);
    return function;
  }

  @AfterEach
  void close() {
    started.forEach(LocalFunction::close);
  }

  @Test
  void the_first_call_is_cold_and_later_ones_reuse_the_handler_object() {
    LocalFunction function = function(Handlers.Counting.class);

    InvocationResult first = function.invoke(EMPTY);
    InvocationResult second = function.invoke(EMPTY);

    assertThat(first.text()).isEqualTo("1");
    assertThat(first.coldStart()).isTrue();
    assertThat(second.text()).isEqualTo("2");
    assertThat(second.coldStart()).isFalse();
    assertThat(second.requestId()).isNotEqualTo(first.requestId());
    assertThat(second.duration()).isPositive();
  }

  @Test
  void a_stream_handler_gets_the_very_bytes() {
    String event = "{ \"ключ\" : [1,2 ,3] }";

    InvocationResult result = function(Handlers.Echo.class).invoke(event.getBytes(UTF_8));

    assertThat(result.text()).isEqualTo(event);
  }

  @Test
  void a_large_event_and_response_pass_unharmed() {
    byte[] event = ("\"" + "x".repeat(2_000_000) + "\"").getBytes(UTF_8);

    assertThat(function(Handlers.Echo.class).invoke(event).payload()).isEqualTo(event);
  }

  @Test
  void a_response_over_the_limit_is_an_error() {
    byte[] event = ("\"" + "x".repeat(6_300_000) + "\"").getBytes(UTF_8);

    InvocationResult result = function(Handlers.Echo.class).invoke(event);

    assertThat(result.error())
        .hasValueSatisfying(
            error -> assertThat(error.type()).isEqualTo("Function.ResponseSizeTooLarge"));
  }

  @Test
  void a_method_of_a_plain_class_gets_its_bean() {
    LocalFunction function =
        started(start(FunctionOptions.of(Handlers.Plain.class.getName() + "::price")));

    InvocationResult result = function.invoke("{\"id\":\"o1\",\"cents\":250}".getBytes(UTF_8));

    assertThat(result.text()).isEqualTo("\"o1 costs 250\"");
  }

  @Test
  void an_event_type_of_aws_is_read_as_in_production() {
    InvocationResult result =
        function(Handlers.Sqs.class)
            .invoke("{\"Records\":[{\"messageId\":\"m\",\"body\":\"b\"}]}".getBytes(UTF_8));

    assertThat(result.text()).isEqualTo("\"b\"");
  }

  @Test
  void the_context_says_what_the_function_was_configured_with() {
    LocalFunction function =
        started(
            start(
                FunctionOptions.builder(Handlers.Facts.class.getName())
                    .name("orders")
                    .version("7")
                    .memoryMegabytes(1024)
                    .build()));

    String facts =
        function
            .invoke(
                EMPTY,
                InvokeOptions.builder()
                    .requestId("r-1")
                    .traceId("Root=1-2-3")
                    .tenantId("acme")
                    .build())
            .text();

    assertThat(facts)
        .contains("\"requestId\":\"r-1\"", "\"function\":\"orders\"", "\"version\":\"7\"")
        .contains("\"memory\":1024", "\"logGroup\":\"/aws/lambda/orders\"", "\"tenant\":\"acme\"")
        .contains("\"arn\":\"arn:aws:lambda:us-east-1:000000000000:function:orders\"")
        .contains("\"trace\":\"Root=1-2-3\"", "\"hasTimeLeft\":true");
  }

  @Test
  void the_context_says_who_calls() {
    InvokeOptions caller =
        InvokeOptions.builder()
            .clientContext("{\"client\":{\"app_title\":\"shop\"},\"custom\":{\"device\":\"tv\"}}")
            .cognitoIdentity("{\"cognitoIdentityId\":\"i-1\",\"cognitoIdentityPoolId\":\"p-1\"}")
            .build();

    assertThat(function(Handlers.Facts.class).invoke(EMPTY, caller).text())
        .contains("\"identity\":\"i-1\"", "\"pool\":\"p-1\"", "\"hasLogger\":true")
        .contains("\"custom\":{\"device\":\"tv\"}", "\"app\":\"shop\"")
        .contains("\"requestId\":\"" + caller.requestId() + "\"")
        .contains("\"trace\":\"" + caller.traceId() + "\"");
  }

  @Test
  void an_environment_has_one_log_stream() {
    LocalFunction function = function(Handlers.Facts.class);

    String first = logStream(function);

    assertThat(first).matches("[0-9]{4}/[0-9]{2}/[0-9]{2}/\\[\\$LATEST][0-9a-f]{32}");
    assertThat(logStream(function)).isEqualTo(first);
    function.cold();
    assertThat(logStream(function)).isNotEqualTo(first);
  }

  private static String logStream(LocalFunction function) {
    String facts = function.invoke(EMPTY).text();
    int at = facts.indexOf("\"logStream\":\"") + 13;
    return facts.substring(at, facts.indexOf('"', at));
  }

  @Test
  void cold_makes_the_next_call_a_cold_start() {
    LocalFunction function = function(Handlers.Counting.class);
    function.invoke(EMPTY);

    function.cold();

    assertThat(function.invoke(EMPTY).text()).isEqualTo("1");
    assertThat(function.invoke(EMPTY).text()).isEqualTo("2");
  }

  @Test
  void what_the_handler_throws_is_reported_as_lambda_reports_it() {
    LocalFunction function = function(Handlers.Throwing.class);

    InvocationResult result = function.invoke(EMPTY);

    assertThat(result.error())
        .hasValueSatisfying(
            error -> {
              assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
              assertThat(error.message()).isEqualTo("no stock");
              assertThat(error.stackTrace())
                  .isNotEmpty()
                  .allMatch(frame -> frame.contains("Handlers$Throwing.handleRequest("));
            });
    assertThat(function.invoke(EMPTY).coldStart()).as("an exception keeps it warm").isFalse();
  }

  @Test
  void the_stack_trace_of_a_stream_handler_is_its_own_too() {
    InvocationResult result = function(Handlers.ThrowingStream.class).invoke(EMPTY);

    assertThat(result.error())
        .hasValueSatisfying(
            error ->
                assertThat(error.stackTrace())
                    .singleElement()
                    .asString()
                    .contains("Handlers$ThrowingStream.handleRequest("));
  }

  @Test
  void a_malformed_event_is_the_runtimes_own_error() {
    InvocationResult result = function(Handlers.Counting.class).invoke("{oops".getBytes(UTF_8));

    assertThat(result.error())
        .hasValueSatisfying(
            error -> assertThat(error.message()).contains("An error occurred during JSON parsing"));
  }

  @Test
  void an_unknown_class_is_named() {
    LocalFunction function = started(start(FunctionOptions.of("com.example.Missing")));

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("'com.example.Missing'")
        .hasMessageContaining("Class not found")
        .hasMessageContaining("class path");
  }

  @Test
  void an_unknown_method_is_named() {
    LocalFunction function =
        started(start(FunctionOptions.of(Handlers.Plain.class.getName() + "::missing")));

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void a_constructor_that_throws_is_an_init_error_with_its_cause() {
    LocalFunction function = function(Handlers.Broken.class);

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("no connection")
        .hasMessageContaining("java.lang.IllegalStateException");
  }

  @Test
  void past_the_deadline_the_error_is_lambdas_and_the_next_call_is_cold() {
    LocalFunction function =
        started(
            start(
                FunctionOptions.builder(Handlers.Hanging.class.getName())
                    .timeout(Duration.ofMillis(500))
                    .build()));

    InvocationResult late = function.invoke("{\"hang\":1}".getBytes(UTF_8));
    InvocationResult next = function.invoke(EMPTY);

    assertThat(late.text())
        .isEqualTo(
            "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: "
                + late.requestId()
                + " Error: Task timed out after 0.50 seconds\"}");
    assertThat(next.text()).isEqualTo("\"fine\"");
    assertThat(next.coldStart()).isTrue();
  }

  @Test
  void an_error_that_ends_the_loop_is_reported_and_the_next_call_is_cold() {
    LocalFunction function = function(Handlers.Fatal.class);

    InvocationResult fatal = function.invoke("{\"fatal\":1}".getBytes(UTF_8));
    InvocationResult next = function.invoke(EMPTY);

    assertThat(fatal.error())
        .hasValueSatisfying(error -> assertThat(error.type()).isEqualTo("java.lang.InternalError"));
    assertThat(next.text()).isEqualTo("\"fine\"");
    assertThat(next.coldStart()).isTrue();
  }

  @Test
  void concurrent_calls_share_at_most_max_concurrency_environments() {
    LocalFunction function = function(Handlers.Counting.class);

    List<CompletableFuture<InvocationResult>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> function.invoke(EMPTY)));
    }
    List<InvocationResult> results = calls.stream().map(CompletableFuture::join).toList();

    assertThat(results).hasSize(8).allSatisfy(r -> assertThat(r.error()).isEmpty());
    assertThat(results).filteredOn(InvocationResult::coldStart).hasSizeBetween(1, 2);
  }

  @Test
  void a_closed_function_says_so() {
    LocalFunction function = function(Handlers.Counting.class);
    function.close();

    assertThatThrownBy(() -> function.invoke(EMPTY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  static Map<String, String> stage(String value) {
    return Map.of("STAGE", value);
  }
}
