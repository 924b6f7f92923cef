// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.powertools.local.FunctionInitException;
import dev.powertools.local.event.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@FunctionTest
class FunctionsTest {

  record Answer(String text, String requestId, String function, int remaining) {}

  @Test
  void bytes_go_in_and_come_out_through_the_runtime_client(Functions functions) {
    TestResponse response =
        functions.function(Subjects.Greeter.class).invokeJson("{\"name\":\"Ada\"}");

    assertThat(response.error()).isEmpty();
    assertThat(response.as(Answer.class))
        .isEqualTo(new Answer("Hello Ada", response.requestId(), "Subjects-Greeter", 60_000));
  }

  @Test
  void event_objects_are_written_as_the_platform_would(Functions functions) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m-1");
    message.setBody("{}");
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));

    assertThat(functions.function(Subjects.Counting.class).invoke(event).text()).isEqualTo("1");
    assertThat(
            functions
                .function(Subjects.Counting.class)
                .invoke(Events.sqs().bodies("a", "b"))
                .text())
        .isEqualTo("2");
    assertThat(
            functions
                .function(Subjects.Greeter.class)
                .invoke(new Subjects.Greeting("Grace"))
                .text())
        .contains("Hello Grace");
  }

  @Test
  void beans_go_in_and_events_come_back(Functions functions) {
    Subjects.Bean bean = new Subjects.Bean();
    bean.setName("Ada");

    assertThat(functions.function(Subjects.Greeter.class).invoke(bean).text())
        .contains("Hello Ada");
    assertThat(
            functions
                .function(Subjects.Http.class)
                .invokeJson("{}")
                .as(APIGatewayV2HTTPResponse.class))
        .satisfies(response -> assertThat(response.getStatusCode()).isEqualTo(201));
  }

  @Test
  void an_event_that_cannot_be_read_says_why(Functions functions) {
    assertThat(functions.function(Subjects.OfRecord.class).invokeJson("{\"name\":\"a\"}").error())
        .hasValueSatisfying(
            error ->
                assertThat(error.message()).contains("JSON parsing").contains("Subjects$Greeting"));
  }

  @Test
  void the_first_invocation_is_a_cold_start_and_the_second_is_not(
      Functions functions, FunctionLogs logs) {
    TestFunction greeter = functions.function(Subjects.Greeter.class);

    assertThat(greeter.invokeJson("{\"name\":\"a\"}").coldStart()).isTrue();
    assertThat(greeter.invokeJson("{\"name\":\"b\"}").coldStart()).isFalse();
    assertThat(logs.lines())
        .extracting(line -> line.field("cold_start").orElse(""))
        .containsExactly("true", "false");
  }

  @Test
  void logs_are_told_apart_by_invocation(Functions functions, FunctionLogs logs) {
    TestFunction greeter = functions.function(Subjects.Greeter.class);
    greeter.invokeJson("{\"name\":\"a\"}");
    TestResponse second = greeter.invokeJson("{\"name\":\"b\"}");

    assertThat(logs.of(second))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.message()).isEqualTo("Greeting b");
              assertThat(line.level()).isEqualTo("INFO");
              assertThat(line.field("name")).contains("b");
            });
  }

  @Test
  void a_failure_is_told_as_lambda_tells_it(Functions functions) {
    TestResponse response = functions.function(Subjects.Failing.class).invokeJson("\"no stock\"");

    assertThat(response.error())
        .hasValueSatisfying(
            error -> {
              assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
              assertThat(error.message()).isEqualTo("no stock");
            });
    assertThatThrownBy(() -> response.as(String.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no stock");
  }

  @Test
  void the_test_may_make_the_handler(Functions functions) {
    List<String> heard = new ArrayList<>();

    functions
        .function(Subjects.Telling.class, () -> new Subjects.Telling(heard))
        .invokeJson("\"psst\"");

    assertThat(heard).containsExactly("psst");
  }

  @Test
  void the_toolkit_sees_the_tests_environment_only(Functions functions) {
    TestFunction variables =
        functions.environment("MY_TABLE", "orders").function(Subjects.Variables.class);

    assertThat(variables.invokeJson("\"MY_TABLE\"").text()).isEqualTo("\"orders\"");
    assertThat(variables.invokeJson("\"PATH\"").text()).isEqualTo("\"unset\"");
  }

  @Test
  void parallel_tests_do_not_see_each_other() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<List<String>>> results = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      String name = "n-" + i;
      results.add(pool.submit(() -> messagesOf(name)));
    }
    for (int i = 0; i < 32; i++) {
      assertThat(results.get(i).get()).containsExactly("Greeting n-" + i);
    }
    pool.shutdown();
  }

  private static List<String> messagesOf(String name) {
    try (Functions functions = Functions.start()) {
      functions.function(Subjects.Greeter.class).invokeJson("{\"name\":\"" + name + "\"}");
      return functions.logs().messages();
    }
  }

  @Nested
  class Time {

    @Test
    void stands_still_until_somebody_moves_it(Functions functions, TestClock clock) {
      TestFunction sleeper =
          functions.timeout(Duration.ofSeconds(10)).function(Subjects.Sleeper.class);

      assertThat(sleeper.invokeJson("4").text()).isEqualTo("6000");
      assertThat(sleeper.invokeJson("9").text()).isEqualTo("1000");
      assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(13).toNanos());
    }

    @Test
    void does_not_run_backwards(TestClock clock) {
      assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class A_function_that_cannot_start {

    @Test
    void has_an_unknown_class(Functions functions) {
      TestFunction unknown = functions.function("com.acme.Nowhere");

      assertThatThrownBy(() -> unknown.invokeJson("1"))
          .isInstanceOf(FunctionInitException.class)
          .hasMessageContaining("com.acme.Nowhere");
    }

    @Test
    void has_a_constructor_that_throws(Functions functions) {
      TestFunction broken = functions.function(Subjects.Unconstructible.class);

      assertThatThrownBy(() -> broken.invokeJson("1"))
          .isInstanceOf(FunctionInitException.class)
          .hasMessageContaining("Unconstructible")
          .hasMessageContaining("no table is configured");
    }
  }
}
