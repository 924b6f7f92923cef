// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LayoutOptionsTest {

  private final TestLog log = new TestLog();

  private JsonNode line(LayoutOptions options, Runnable logging) {
    LiveInvocation invocation =
        LiveInvocation.under(
                TestFunction.runtime().toBuilder().part(LayoutOptions.class, options).build())
            .context(new TestFunction.TestContext("r-1"))
            .open();
    TestFunction.run(invocation, logging);
    List<JsonNode> lines = log.lines();
    return lines.get(lines.size() - 1); // behind warnings
  }

  private JsonNode line(LayoutOptions.Builder options) {
    return line(options.build(), () -> log.logger().info("hello"));
  }

  @Nested
  class Fields {

    @Test
    void are_renamed() {
      // region rename
      LayoutOptions options =
          LayoutOptions.builder()
              .rename("timestamp", "time")
              .rename("function_request_id", "request")
              .remove("function_arn", "logger")
              .staticField("stage", "prod")
              .build();
      // endregion
      JsonNode line = line(options, () -> log.logger().info("hello"));
      assertThat(line.get("time").textValue()).endsWith("Z");
      assertThat(line.get("request").textValue()).isEqualTo("r-1");
      assertThat(line.get("stage").textValue()).isEqualTo("prod");
      assertThat(TestLog.names(line))
          .doesNotContain("timestamp", "function_request_id", "function_arn", "logger");
    }

    @Test
    void can_all_be_removed() {
      LayoutOptions.Builder all = LayoutOptions.builder().withThread().withLocation();
      Keys.FIELDS.forEach(all::remove);
      JsonNode line =
          line(all.build(), () -> log.logger().error("hello", new IllegalStateException()));
      assertThat(TestLog.names(line)).isEmpty();
    }

    @Test
    void keep_both_their_names_from_users_keys() {
      JsonNode line =
          line(
              LayoutOptions.builder()
                  .rename("message", "text")
                  .remove("logger")
                  .staticField("stage", 1)
                  .build(),
              () ->
                  log.logger()
                      .atInfo()
                      .addKeyValue("text", 1)
                      .addKeyValue("message", 2)
                      .addKeyValue("logger", 3)
                      .addKeyValue("stage", 4)
                      .log("hello"));
      assertThat(line.get("text").textValue()).isEqualTo("hello");
      assertThat(line.get("stage").intValue()).isEqualTo(1);
      assertThat(TestLog.names(line))
          .contains("user_text", "user_message", "user_logger", "user_stage")
          .doesNotContain("message", "logger");
    }

    @Test
    void may_have_the_name_that_users_keys_get_instead() {
      JsonNode line =
          line(
              LayoutOptions.builder().rename("level", "user_message").build(),
              () -> log.logger().atInfo().addKeyValue("message", 1).log("hello"));
      assertThat(line.get("user_message").textValue()).isEqualTo("INFO");
      assertThat(line.get("user_user_message").intValue()).isEqualTo(1);
    }

    @Test
    void that_are_facts_are_renamed_and_removed_too() {
      LayoutOptions options =
          LayoutOptions.builder().rename("correlation_id", "cid").remove("tenant_id").build();
      JsonNode line =
          line(
              options,
              () -> {
                Scope.currentInvocation().attributes().put(CorrelationId.KEY, "c-1");
                log.logger().info("hello");
              });
      assertThat(line.get("cid").textValue()).isEqualTo("c-1");
      assertThat(line.has("correlation_id")).isFalse();
    }

    @Test
    void change_with_the_runtime_although_buffers_are_used_again() {
      log.logger().atInfo().addKeyValue("text", 1).log("one");
      assertThat(log.line().get("text").intValue()).isEqualTo(1);
      JsonNode line =
          line(
              LayoutOptions.builder().rename("message", "text").build(),
              () -> log.logger().atInfo().addKeyValue("text", 1).log("two"));
      assertThat(line.get("text").textValue()).isEqualTo("two");
      log.logger().atInfo().addKeyValue("text", 1).log("three");
      assertThat(log.line().get("text").intValue()).isEqualTo(1);
    }
  }

  @Nested
  class Are_refused {

    private void refused(LayoutOptions.Builder options, String... said) {
      assertThatThrownBy(options::build)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll(said);
    }

    @Test
    void where_two_fields_have_one_name() {
      refused(LayoutOptions.builder().rename("message", "level"), "level", "message", "remove one");
      refused(LayoutOptions.builder().rename("message", "a").rename("level", "a"), "\"a\"");
      refused(LayoutOptions.builder().staticField("service", "x"), "static field service");
      refused(LayoutOptions.ecs().toBuilder().staticField("error.type", "x"), "error.type");
    }

    @Test
    void where_a_name_is_empty_or_can_not_be_written() {
      refused(LayoutOptions.builder().rename("message", " "), "message");
      refused(LayoutOptions.builder().staticField("", 1), "static field");
      refused(LayoutOptions.builder().rename("message", "x".repeat(300)), "message");
    }

    @Test
    void where_there_is_no_such_field() {
      refused(LayoutOptions.builder().rename("msg", "message2"), "no field \"msg\"", "message");
      refused(LayoutOptions.builder().remove("Logger"), "no field \"Logger\"");
    }

    @Test
    void where_a_static_field_has_no_plain_value() {
      LayoutOptions.Builder options = LayoutOptions.builder();
      assertThatThrownBy(() -> options.staticField("list", List.of()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("list");
    }
  }

  @Test
  void a_removed_fields_name_may_go_to_another() {
    JsonNode line = line(LayoutOptions.builder().remove("service").rename("logger", "service"));
    assertThat(line.get("service").textValue()).isEqualTo("test");
  }

  @Test
  void to_builder_keeps_everything() {
    LayoutOptions options =
        LayoutOptions.builder().ecs().rename("message", "m").remove("logger").build();
    JsonNode line = line(options.toBuilder().withThread());
    assertThat(TestLog.names(line))
        .contains("m", "@timestamp", "ecs.version", "process.thread.name")
        .doesNotContain("log.logger");
  }

  @Nested
  class By_the_elastic_common_schema {

    @Test
    void fields_have_its_names() {
      JsonNode line =
          line(
              LayoutOptions.ecs().toBuilder().withThread().build(),
              () -> log.logger().error("failed", new IllegalStateException("why")));
      assertThat(TestLog.names(line))
          .containsExactly(
              "@timestamp",
              "log.level",
              "service.name",
              "message",
              "log.logger",
              "process.thread.name",
              "process.thread.id",
              "thread_priority",
              "ecs.version",
              "faas.coldstart",
              "faas.name",
              "faas.version",
              "faas.memory",
              "faas.id",
              "faas.execution",
              "xray_trace_id",
              "error.type",
              "error.message",
              "error.hash",
              "error.stack_trace");
      assertThat(line.get("error.type").textValue()).isEqualTo("java.lang.IllegalStateException");
      assertThat(line.get("error.message").textValue()).isEqualTo("why");
      assertThat(line.get("error.stack_trace").textValue()).contains("\n\tat ");
    }

    @Test
    void the_parts_of_errors_are_closed_to_users_keys() {
      JsonNode line =
          line(
              LayoutOptions.ecs(),
              () -> log.logger().atError().addKeyValue("error.type", "mine").log("failed"));
      assertThat(line.get("user_error.type").textValue()).isEqualTo("mine");
    }
  }

  @Nested
  class With_the_location {

    private JsonNode located(LayoutOptions.Builder options, Runnable logging) {
      return line(options.withLocation().build(), logging);
    }

    @Test
    void it_is_where_the_logger_was_called() {
      JsonNode location =
          located(LayoutOptions.builder(), () -> log.logger().info("x")).get("location");
      assertThat(location.get("class").textValue()).startsWith("dev.powertools.logging.LayoutOp");
      assertThat(location.get("method").textValue()).contains("it_is_where");
      assertThat(location.get("file").textValue()).isEqualTo("LayoutOptionsTest.java");
      assertThat(location.get("line").intValue()).isPositive();
    }

    @Test
    void it_is_found_by_the_fluent_interface_and_for_hostile_errors_too() {
      JsonNode fluent =
          located(LayoutOptions.builder(), () -> log.logger().atInfo().addKeyValue("a", 1).log());
      JsonNode hostile =
          located(
              LayoutOptions.builder(),
              () ->
                  log.logger()
                      .error(
                          "x",
                          new RuntimeException() {
                            @Override
                            public String getMessage() {
                              throw new IllegalStateException();
                            }
                          }));
      assertThat(fluent.get("location").get("file").textValue())
          .isEqualTo(hostile.get("location").get("file").textValue())
          .isEqualTo("LayoutOptionsTest.java");
    }

    @Test
    void ecs_has_its_own_names_for_it() {
      JsonNode line = located(LayoutOptions.builder().ecs(), () -> log.logger().info("x"));
      assertThat(line.get("log.origin.file.name").textValue()).isEqualTo("LayoutOptionsTest.java");
      assertThat(line.get("log.origin.function").textValue()).contains("ecs_has_its_own");
      assertThat(line.get("log.origin.file.line").intValue()).isPositive();
    }

    @Test
    void there_is_none_by_default() {
      assertThat(line(LayoutOptions.builder()).has("location")).isFalse();
    }
  }

  @Test
  void a_runtime_without_options_has_the_defaults() throws Exception {
    try (Scope.Attached ignored = Scope.of(FunctionRuntime.builder().build()).attach()) {
      log.logger().info("x");
    }
    assertThat(TestLog.names(log.line()))
        .containsExactly("timestamp", "level", "service", "message", "logger");
  }
}
