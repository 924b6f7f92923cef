// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.Signal;
import dev.powertools.core.chain.Chain;
import dev.powertools.core.chain.JoinPoints;
import dev.powertools.core.chain.Links;
import dev.powertools.core.internal.LiveInvocation;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LoggingLinkTest {

  private final TestLog log = new TestLog();

  private static final Map<String, Object> EVENT =
      Map.of("requestContext", Map.of("requestId", "c-1"), "id", "e-1");

  /** What the weaver and the base classes would call. */
  static class Handler {

    @Logging(correlationId = CorrelationId.API_GATEWAY_HTTP)
    void http() {}

    @Logging(correlationId = CorrelationId.EVENT_BRIDGE)
    void inner() {}

    @Logging
    void plain() {}

    @Logging(correlationId = "no pointer")
    void wrong() {}

    @Logging(correlationId = CorrelationId.SQS_RECORD)
    void record() {}
  }

  private static Chain chain(String method) {
    try {
      Method target = Handler.class.getDeclaredMethod(method);
      return Links.of(JoinPoints.method(target, true), TestFunction.runtime())
          .annotations(Arrays.asList(target.getAnnotations()))
          .chain();
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static void call(String method, LiveInvocation invocation, Runnable body) {
    TestFunction.run(invocation, () -> pass(method, invocation, body));
  }

  private static @Nullable Object pass(String method, LiveInvocation invocation, Runnable body)
      throws Throwable {
    return chain(method)
        .call(
            invocation,
            null,
            new @Nullable Object[0],
            (target, arguments) -> {
              body.run();
              return null;
            });
  }

  private @Nullable String correlation() {
    log.logger().info("x");
    JsonNode id = log.line().get("correlation_id");
    return id == null ? null : id.textValue();
  }

  @Nested
  class The_correlation_id {

    @Test
    void is_read_from_the_event() {
      call(
          "http",
          TestFunction.invocation("r-1", EVENT),
          () -> {
            assertThat(correlation()).isEqualTo("c-1");
            assertThat(CorrelationId.current()).contains("c-1");
          });
      assertThat(CorrelationId.current()).isEmpty();
      assertThat(correlation()).isNull();
    }

    @Test
    void is_read_from_bytes_as_well() {
      byte[] bytes =
          "{\"requestContext\":{\"requestId\":\"c-1\"}}".getBytes(StandardCharsets.UTF_8);
      call(
          "http",
          TestFunction.invocation("r-1", bytes),
          () -> assertThat(correlation()).isEqualTo("c-1"));
    }

    @Test
    void stays_absent_if_the_event_has_none() {
      call(
          "http",
          TestFunction.invocation("r-1", Map.of()),
          () -> assertThat(correlation()).isNull());
    }

    @Test
    void stays_absent_if_the_event_can_not_be_read() {
      Map<String, Object> twoCandidates = new TreeMap<>();
      twoCandidates.put("RequestContext", Map.of("requestId", "1"));
      twoCandidates.put("REQUESTCONTEXT", Map.of("requestId", "2"));
      call(
          "http",
          TestFunction.invocation("r-1", twoCandidates),
          () -> assertThat(correlation()).isNull());
    }

    @Test
    void stands_in_lines_after_the_chain_too_but_not_in_the_next_invocation() {
      LiveInvocation invocation = TestFunction.invocation("r-1", EVENT);
      TestFunction.run(
          invocation,
          () -> {
            pass("http", invocation, () -> {});
            assertThat(correlation()).isEqualTo("c-1");
            return null;
          });
      call("plain", TestFunction.invocation("r-2"), () -> assertThat(correlation()).isNull());
    }

    @Test
    void of_an_inner_method_is_put_back_after_it() {
      LiveInvocation invocation = TestFunction.invocation("r-1", EVENT);
      call(
          "http",
          invocation,
          () -> {
            assertThatThrownBy(
                    () ->
                        pass(
                            "inner",
                            invocation,
                            () -> {
                              assertThat(correlation()).isEqualTo("e-1");
                              throw new IllegalStateException("inner");
                            }))
                .hasMessage("inner");
            assertThat(correlation()).isEqualTo("c-1");
          });
    }

    @Test
    void of_a_record_is_its_own() {
      LiveInvocation batch = TestFunction.invocation("r-1", EVENT);
      call(
          "http",
          batch,
          () -> {
            LiveInvocation first =
                batch
                    .child()
                    .event(dev.powertools.core.event.EventView.of(Map.of("messageId", "m-1")))
                    .open();
            call("record", first, () -> assertThat(correlation()).isEqualTo("m-1"));
            LiveInvocation second = batch.child().open();
            call("record", second, () -> assertThat(correlation()).isEqualTo("c-1"));
            assertThat(correlation()).isEqualTo("c-1");
          });
    }

    @Test
    void is_found_in_headers_however_they_are_written() {
      Map<String, Object> event =
          Map.of("multiValueHeaders", Map.of("X-Amzn-Trace-Id", List.of("Root=1")));
      Logs logs = Logs.of(LoggingOptions.builder().correlationId(CorrelationId.ALB).build());
      assertThat(logs.call(event, null, () -> String.valueOf(correlation()))).isEqualTo("Root=1");
    }
  }

  @Test
  void a_pointer_that_is_none_is_an_initialisation_error() {
    assertThatThrownBy(() -> chain("wrong"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Handler.wrong()")
        .hasMessageContaining("@Logging")
        .hasMessageContaining("correlationId");
    assertThatThrownBy(() -> LoggingOptions.builder().correlationId("no pointer").build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("correlationId");
  }

  @Nested
  class The_functional_door {

    private final Logs logs =
        Logs.of(
            LoggingOptions.builder().correlationId(CorrelationId.EVENT_BRIDGE).build(),
            log.signals());

    @Test
    void opens_the_invocation() {
      String result =
          logs.call(
              EVENT,
              new TestFunction.TestContext("r-1"),
              () -> {
                Logs.put("key", 1);
                log.logger().info("x");
                return "result";
              });
      assertThat(result).isEqualTo("result");
      JsonNode line = log.line();
      assertThat(line.get("function_request_id").textValue()).isEqualTo("r-1");
      assertThat(line.get("correlation_id").textValue()).isEqualTo("e-1");
      assertThat(line.get("key").intValue()).isEqualTo(1);
      assertThat(FunctionInvocation.current()).isEmpty();
    }

    @Test
    void stays_in_the_invocation_that_is_open() {
      TestFunction.run(
          TestFunction.invocation("r-1", EVENT),
          () ->
              logs.call(
                  Map.of("id", "other"),
                  new TestFunction.TestContext("r-2"),
                  () -> {
                    log.logger().info("x");
                    return "";
                  }));
      assertThat(log.line().get("function_request_id").textValue()).isEqualTo("r-1");
    }

    @Test
    void throws_what_the_body_throws() {
      assertThatThrownBy(
              () ->
                  logs.call(
                      EVENT,
                      null,
                      () -> {
                        throw new IOException("mine");
                      }))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("mine");
      assertThat(FunctionInvocation.current()).isEmpty();
    }
  }

  @Nested
  class Signals {

    private final Logs logs = Logs.of(LoggingOptions.defaults(), log.signals());
    private final Signal hit =
        new Signal() {
          @Override
          public String name() {
            return "idempotency.hit";
          }

          @Override
          public Map<String, Object> fields() {
            return Map.of("age", 3);
          }
        };

    @Test
    void are_lines_at_debug() {
      log.context().getLogger(SignalLines.LOGGER_NAME).setLevel(Level.DEBUG);
      LiveInvocation invocation = TestFunction.invocation("r-1");
      TestFunction.run(
          invocation,
          () ->
              logs.call(
                  null,
                  null,
                  () -> {
                    invocation.emit(hit);
                    return "";
                  }));
      JsonNode line = log.line();
      assertThat(line.get("level").textValue()).isEqualTo("DEBUG");
      assertThat(line.get("logger").textValue()).isEqualTo("dev.powertools.signal");
      assertThat(line.get("message").textValue()).isEqualTo("idempotency.hit");
      assertThat(line.get("age").intValue()).isEqualTo(3);
      assertThat(line.get("function_request_id").textValue()).isEqualTo("r-1");
    }

    @Test
    void of_a_record_are_printed_once() {
      log.context().getLogger(SignalLines.LOGGER_NAME).setLevel(Level.DEBUG);
      LiveInvocation batch = TestFunction.invocation("r-1");
      TestFunction.run(
          batch,
          () ->
              logs.call(
                  null,
                  null,
                  () -> {
                    LiveInvocation record = batch.child().open();
                    TestFunction.run(
                        record,
                        () ->
                            logs.call(
                                null,
                                null,
                                () -> {
                                  record.emit(hit);
                                  return "";
                                }));
                    return "";
                  }));
      assertThat(log.lines()).hasSize(1);
    }

    @Test
    void are_nothing_above_debug() {
      LiveInvocation invocation = TestFunction.invocation("r-1");
      TestFunction.run(
          invocation,
          () ->
              logs.call(
                  null,
                  null,
                  () -> {
                    invocation.emit(hit);
                    return "";
                  }));
      assertThat(log.lines()).isEmpty();
    }
  }
}
