// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.AttributeKey;
import dev.powertools.core.CurrentSpan;
import dev.powertools.core.internal.LiveInvocation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class JsonLinesTest {

  private final TestLog log = new TestLog(Map.of("POWERTOOLS_SERVICE_NAME", "shop"));

  @AfterEach
  void clearMdc() {
    MDC.clear();
  }

  @Nested
  class Outside_of_any_invocation {

    @Test
    void a_line_has_time_level_service_message_and_logger() {
      Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
      log.logger().info("packed {} of {}", 2, "three");

      JsonNode line = log.line();
      assertThat(TestLog.names(line))
          .containsExactly("timestamp", "level", "service", "message", "logger");
      assertThat(line.get("timestamp").textValue()).matches("20..-..-..T..:..:..\\.\\d{3}Z");
      assertThat(Instant.parse(line.get("timestamp").textValue()))
          .isBetween(before, Instant.ofEpochMilli(System.currentTimeMillis()));
      assertThat(line.get("level").textValue()).isEqualTo("INFO");
      assertThat(line.get("service").textValue()).isEqualTo("shop");
      assertThat(line.get("message").textValue()).isEqualTo("packed 2 of three");
      assertThat(line.get("logger").textValue()).isEqualTo("test");
    }

    @Test
    void the_service_is_undefined_if_nobody_names_it() {
      TestLog unnamed = new TestLog();
      unnamed.logger().info("x");
      assertThat(unnamed.line().get("service").textValue()).isEqualTo("service_undefined");
    }

    @Test
    void mdc_values_stay_text() {
      MDC.put("account", "012345678910");
      log.logger().info("x");
      assertThat(log.line().get("account").textValue()).isEqualTo("012345678910");
    }

    @Test
    void pairs_keep_their_types() {
      log.logger()
          .atInfo()
          .addKeyValue("count", 3)
          .addKeyValue("ready", true)
          .addKeyValue("order", new Order("7", List.of("a", "b")))
          .log("x");
      JsonNode line = log.line();
      assertThat(line.get("count").isInt()).isTrue();
      assertThat(line.get("ready").isBoolean()).isTrue();
      assertThat(line.get("order").toString()).isEqualTo("{\"id\":\"7\",\"items\":[\"a\",\"b\"]}");
    }
  }

  record Order(String id, List<String> items) {}

  @Nested
  class In_an_invocation {

    @Test
    void a_line_has_the_facts_of_the_platform() {
      TestFunction.run(TestFunction.invocation("r-1"), () -> log.logger().info("x"));

      JsonNode line = log.line();
      assertThat(TestLog.names(line))
          .containsExactly(
              "timestamp",
              "level",
              "service",
              "message",
              "logger",
              "cold_start",
              "function_name",
              "function_version",
              "function_memory_size",
              "function_arn",
              "function_request_id",
              "xray_trace_id");
      assertThat(line.get("cold_start").booleanValue()).isTrue();
      assertThat(line.get("function_name").textValue()).isEqualTo("orders");
      assertThat(line.get("function_version").textValue()).isEqualTo("42");
      assertThat(line.get("function_memory_size").isInt()).isTrue();
      assertThat(line.get("function_arn").textValue()).endsWith(":orders");
      assertThat(line.get("function_request_id").textValue()).isEqualTo("r-1");
      assertThat(line.get("xray_trace_id").textValue())
          .isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
    }

    @Test
    void the_service_is_that_of_the_invocations_runtime() {
      LiveInvocation other =
          LiveInvocation.under(TestFunction.runtime(Map.of("POWERTOOLS_SERVICE_NAME", "other")))
              .open();
      TestFunction.run(other, () -> log.logger().info("x"));
      assertThat(log.line().get("service").textValue()).isEqualTo("other");
    }

    @Test
    void loggable_facts_are_printed_and_others_are_not() {
      LiveInvocation invocation = TestFunction.invocation("r-1");
      invocation.attributes().put(AttributeKey.of("tenant_id", String.class).loggable(), "acme");
      invocation.attributes().put(AttributeKey.of("secret", String.class), "s");
      TestFunction.run(invocation, () -> log.logger().info("x"));
      JsonNode line = log.line();
      assertThat(line.get("tenant_id").textValue()).isEqualTo("acme");
      assertThat(line.has("secret")).isFalse();
    }

    @Test
    void a_context_that_throws_is_left_out() {
      com.amazonaws.services.lambda.runtime.Context broken =
          (com.amazonaws.services.lambda.runtime.Context)
              java.lang.reflect.Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {com.amazonaws.services.lambda.runtime.Context.class},
                  (proxy, method, arguments) -> {
                    throw new IllegalStateException("no context");
                  });
      LiveInvocation invocation =
          LiveInvocation.under(TestFunction.runtime()).context(broken).open();
      TestFunction.run(invocation, () -> log.logger().info("x"));
      assertThat(log.line().get("message").textValue()).isEqualTo("x");
    }
  }

  @Nested
  class Names_that_meet {

    @Test
    void a_users_key_never_takes_a_name_of_ours() {
      MDC.put("message", "mine");
      MDC.put("tenant_id", "foreign");
      log.logger().atInfo().addKeyValue("level", "mine").addKeyValue("error", "mine").log("ours");

      List<JsonNode> lines = log.lines();
      JsonNode line = lines.get(lines.size() - 1);
      assertThat(line.get("message").textValue()).isEqualTo("ours");
      assertThat(line.get("level").textValue()).isEqualTo("INFO");
      assertThat(line.get("user_level").textValue()).isEqualTo("mine");
      assertThat(line.get("user_error").textValue()).isEqualTo("mine");
      assertThat(line.get("user_message").textValue()).isEqualTo("mine");
      assertThat(line.get("user_tenant_id").textValue()).isEqualTo("foreign");
      assertThat(line.has("tenant_id")).isFalse();
    }

    @Test
    void each_renamed_key_is_warned_of_once() {
      MDC.put("message", "mine");
      log.logger().info("one");
      log.logger().info("two");

      List<JsonNode> lines = log.lines();
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0).get("level").textValue()).isEqualTo("WARN");
      assertThat(lines.get(0).get("message").textValue())
          .contains("\"message\"", "\"user_message\"");
    }

    @Test
    void a_users_key_never_takes_the_name_of_a_fact_of_the_line() {
      LiveInvocation invocation = TestFunction.invocation("r-1");
      invocation.attributes().put(AttributeKey.of("cart", String.class).loggable(), "fact");
      MDC.put("cart", "mine");
      TestFunction.run(invocation, () -> log.logger().info("x"));
      JsonNode line = log.lines().get(1);
      assertThat(line.get("cart").textValue()).isEqualTo("fact");
      assertThat(line.get("user_cart").textValue()).isEqualTo("mine");
    }

    @Test
    void the_nearest_of_several_surrounding_keys_stands() {
      MDC.put("a", "mdc");
      MDC.put("b", "mdc");
      MDC.put("c", "mdc");
      MDC.put("d", "mdc");
      TestFunction.run(
          TestFunction.invocation("r-1"),
          () -> {
            Logs.put("a", "put");
            Logs.put("b", "put");
            Logs.put("c", "put");
            try (var with = Logs.with("a", "with");
                var other = Logs.with("b", "with")) {
              log.logger().atInfo().addKeyValue("a", "pair").log("x");
            }
          });
      JsonNode line = log.line();
      assertThat(line.get("a").textValue()).isEqualTo("pair");
      assertThat(line.get("b").textValue()).isEqualTo("with");
      assertThat(line.get("c").textValue()).isEqualTo("put");
      assertThat(line.get("d").textValue()).isEqualTo("mdc");
    }

    @Test
    void of_two_pairs_of_one_name_none_is_lost() {
      log.logger().atInfo().addKeyValue("a", 1).addKeyValue("a", 2).log("x");
      JsonNode line = log.line();
      assertThat(line.get("a").intValue()).isEqualTo(1);
      assertThat(line.get("a#2").intValue()).isEqualTo(2);
    }

    @Test
    void a_trace_id_in_the_mdc_is_welcome() {
      MDC.put("trace_id", "t");
      log.logger().info("x");
      assertThat(log.line().get("trace_id").textValue()).isEqualTo("t");
    }
  }

  @Nested
  class Where_a_span_is_current {

    private LiveInvocation invocation(@Nullable String traceId) {
      LiveInvocation invocation = TestFunction.invocation("r-1");
      invocation.currentSpanToldBy(
          new CurrentSpan() {
            @Override
            public @Nullable String traceId() {
              return traceId;
            }

            @Override
            public @Nullable String spanId() {
              return traceId == null ? null : "span";
            }
          });
      return invocation;
    }

    @Test
    void lines_have_its_ids_and_not_those_that_an_agent_put_into_the_mdc() {
      MDC.put("trace_id", "agent's");
      TestFunction.run(invocation("trace"), () -> log.logger().info("x"));
      MDC.clear();

      JsonNode line = log.line();
      assertThat(line.get("trace_id").textValue()).isEqualTo("trace");
      assertThat(line.get("span_id").textValue()).isEqualTo("span");
    }

    @Test
    void lines_have_no_ids_where_there_is_none() {
      TestFunction.run(invocation(null), () -> log.logger().info("x"));

      JsonNode line = log.line();
      assertThat(line.has("trace_id")).isFalse();
      assertThat(line.has("span_id")).isFalse();
    }
  }

  @Test
  void the_thread_is_printed_on_request() {
    LiveInvocation invocation =
        LiveInvocation.under(
                TestFunction.runtime().toBuilder()
                    .part(LayoutOptions.class, LayoutOptions.builder().withThread().build())
                    .build())
            .open();
    TestFunction.run(invocation, () -> log.logger().info("x"));
    JsonNode line = log.line();
    assertThat(line.get("thread").textValue()).isEqualTo(Thread.currentThread().getName());
    assertThat(line.get("thread_id").isIntegralNumber()).isTrue();
    assertThat(line.get("thread_priority").intValue()).isEqualTo(Thread.NORM_PRIORITY);
  }

  @Test
  void an_object_may_log_while_it_is_logged() {
    Object chatty =
        new Object() {
          @Override
          public String toString() {
            log.logger().info("asked");
            return "chatty";
          }
        };
    log.logger().info("{}", chatty);
    assertThat(log.lines())
        .extracting(line -> line.get("message").textValue())
        .containsExactly("asked", "chatty");
  }

  @Test
  void an_object_that_never_ends_to_log_itself_is_stopped() {
    Object endless =
        new Object() {
          @Override
          public String toString() {
            log.logger().info("{}", this);
            return "endless";
          }
        };
    log.logger().info("{}", endless);
    assertThat(log.lines()).hasSizeLessThan(20).hasSizeGreaterThan(1);
  }
}
