// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.internal.LiveInvocation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ErrorsTest {

  private final TestLog log = new TestLog();

  private JsonNode errorOf(Throwable thrown) {
    log.logger().error("failed", thrown);
    return log.line().get("error");
  }

  private static String stack(JsonNode error) {
    return error.get("stack").textValue();
  }

  private static IllegalStateException chained() {
    try {
      try {
        throw new IllegalArgumentException("root");
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException("middle", e);
      }
    } catch (IllegalStateException e) {
      return new IllegalStateException("outer", e);
    }
  }

  @Test
  void an_error_has_name_message_and_stack() {
    JsonNode error = errorOf(new IllegalStateException("why"));
    assertThat(TestLog.names(error)).containsExactly("name", "message", "hash", "stack");
    assertThat(error.get("name").textValue()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.get("message").textValue()).isEqualTo("why");
    assertThat(stack(error))
        .startsWith(
            "java.lang.IllegalStateException: why\n"
                + "\tat dev.powertools.logging.ErrorsTest.an_error_has_name_message_and_stack(");
  }

  @Test
  void an_error_as_the_last_argument_is_the_error() {
    log.logger().error("failed {}", 7, new IllegalStateException("why"));
    JsonNode line = log.line();
    assertThat(line.get("message").textValue()).isEqualTo("failed 7");
    assertThat(line.get("error").get("message").textValue()).isEqualTo("why");
  }

  @Test
  void an_error_without_message_has_none() {
    assertThat(errorOf(new IllegalStateException()).has("message")).isFalse();
  }

  @Test
  void causes_are_in_the_stack_and_by_themselves() {
    JsonNode error = errorOf(chained());
    assertThat(stack(error))
        .containsSubsequence(
            "IllegalStateException: outer",
            "Caused by: java.lang.IllegalStateException: middle",
            "common frames omitted",
            "Caused by: java.lang.IllegalArgumentException: root",
            "common frames omitted");
    assertThat(error.get("causes").toString())
        .isEqualTo(
            "[{\"name\":\"java.lang.IllegalStateException\",\"message\":\"middle\"},"
                + "{\"name\":\"java.lang.IllegalArgumentException\",\"message\":\"root\"}]");
  }

  @Test
  void suppressed_ones_are_in_the_stack() {
    IllegalStateException outer = new IllegalStateException("outer");
    outer.addSuppressed(new IllegalArgumentException("suppressed", new Error("its cause")));
    assertThat(stack(errorOf(outer)))
        .containsSubsequence(
            "outer",
            "\n\tSuppressed: java.lang.IllegalArgumentException: suppressed\n\t\tat ",
            "\n\tCaused by: java.lang.Error: its cause\n");
  }

  @Test
  void the_frames_are_those_of_the_jdk() {
    IllegalStateException thrown = new IllegalStateException("why");
    StringWriter expected = new StringWriter();
    thrown.printStackTrace(new PrintWriter(expected));
    String withoutModules = expected.toString().replaceAll("\tat [^(]*/(?=[^(]*\\()", "\tat ");
    assertThat(stack(errorOf(thrown))).isEqualTo(withoutModules);
  }

  @Nested
  class Options {

    private String stackWith(LayoutOptions options, Throwable thrown) {
      LiveInvocation invocation =
          LiveInvocation.under(
                  TestFunction.runtime().toBuilder().part(LayoutOptions.class, options).build())
              .open();
      TestFunction.run(invocation, () -> log.logger().error("failed", thrown));
      return stack(log.line().get("error"));
    }

    @Test
    void the_root_cause_can_be_first() {
      assertThat(stackWith(LayoutOptions.builder().rootCauseFirst().build(), chained()))
          .startsWith("java.lang.IllegalArgumentException: root\n")
          .containsSubsequence(
              "Wrapped by: java.lang.IllegalStateException: middle",
              "Wrapped by: java.lang.IllegalStateException: outer");
    }

    @Test
    void frames_can_be_limited() {
      String stack =
          stackWith(LayoutOptions.builder().maxFrames(2).build(), new IllegalStateException("x"));
      assertThat(stack.split("\n")).hasSize(4);
      assertThat(stack).containsPattern("\t\\.\\.\\. \\d+ frames omitted\n");
    }
  }

  @Nested
  class The_hash {

    private IllegalStateException made(String message) {
      return new IllegalStateException(message);
    }

    @Test
    void groups_errors_of_the_same_origin_whatever_their_message() {
      String[] hashes = new String[2];
      for (int i = 0; i < 2; i++) {
        hashes[i] = errorOf(made("message " + i)).get("hash").textValue();
      }
      assertThat(hashes[0]).isEqualTo(hashes[1]).matches("[0-9a-f]{16}");
    }

    @Test
    void differs_for_another_type() {
      assertThat(errorOf(new IllegalStateException()).get("hash"))
          .isNotEqualTo(errorOf(new IllegalArgumentException()).get("hash"));
    }
  }

  @Nested
  class Of_a_hostile_kind {

    @Test
    void whose_message_throws() {
      JsonNode error =
          errorOf(
              new RuntimeException() {
                @Override
                public String getMessage() {
                  throw new IllegalStateException("no message");
                }
              });
      assertThat(error.get("message").textValue())
          .startsWith("!getMessage() of ")
          .endsWith(" threw java.lang.IllegalStateException");
      assertThat(stack(error)).contains("\tat dev.powertools.logging.ErrorsTest");
    }

    @Test
    void whose_cause_has_a_message_that_overflows_the_stack() {
      Throwable cause =
          new RuntimeException() {
            @Override
            public String getMessage() {
              return toString() + "!"; // which asks for the message
            }
          };
      JsonNode error = errorOf(new IllegalStateException("outer", cause));
      assertThat(error.get("message").textValue()).isEqualTo("outer");
      assertThat(error.get("causes").get(0).get("message").textValue())
          .contains("StackOverflowError");
    }

    @Test
    void with_a_cycle_of_causes() {
      Exception one = new Exception("one");
      Exception two = new Exception("two", one);
      one.initCause(two);
      assertThat(stack(errorOf(one))).contains("CIRCULAR REFERENCE");
    }

    @Test
    void with_a_cycle_of_suppressed_ones() {
      Exception one = new Exception("one");
      Exception two = new Exception("two");
      one.addSuppressed(two);
      two.addSuppressed(one);
      assertThat(stack(errorOf(one))).contains("Suppressed: java.lang.Exception: two");
    }

    @Test
    void with_a_hundred_thousand_causes() {
      Exception chain = new Exception("root");
      for (int i = 0; i < 100_000; i++) {
        chain = new Exception("e" + i, chain);
      }
      JsonNode error = errorOf(chain);
      assertThat(error.get("message").textValue()).isEqualTo("e99999");
      assertThat(error.get("causes")).hasSize(31);
    }

    @Test
    void without_stack() {
      JsonNode error =
          errorOf(
              new RuntimeException("x") {
                @Override
                @SuppressWarnings("NullAway") // on purpose
                public StackTraceElement @Nullable [] getStackTrace() {
                  return null;
                }
              });
      assertThat(stack(error)).endsWith("ErrorsTest$Of_a_hostile_kind$3: x\n");
    }

    @Test
    void by_the_fluent_interface_with_its_keys() {
      Exception hostile =
          new RuntimeException() {
            @Override
            public StackTraceElement[] getStackTrace() {
              throw new IllegalStateException("no stack");
            }
          };
      log.logger().atError().addKeyValue("key", 1).setCause(hostile).log("failed {}", 2);
      JsonNode line = log.line();
      assertThat(line.get("message").textValue()).isEqualTo("failed 2");
      assertThat(line.get("key").intValue()).isEqualTo(1);
      assertThat(line.get("error").get("name").textValue()).isEqualTo(hostile.getClass().getName());
    }

    @Test
    void as_the_last_argument() {
      Exception hostile =
          new RuntimeException() {
            @Override
            public synchronized Throwable getCause() {
              throw new IllegalStateException("no cause");
            }
          };
      log.logger().atLevel(Level.ERROR).log("failed {}", 2, hostile);
      log.logger().error("failed {}", 2, hostile);
      List<JsonNode> lines = log.lines();
      assertThat(lines).hasSize(2);
      for (JsonNode line : lines) {
        assertThat(line.get("message").textValue()).isEqualTo("failed 2");
        assertThat(line.get("error").get("stack").textValue()).contains("ErrorsTest");
      }
    }

    @Test
    void is_not_touched_if_its_level_is_off() {
      Exception hostile =
          new RuntimeException() {
            @Override
            public String getMessage() {
              throw new AssertionError("asked for");
            }
          };
      log.logger().debug("x", hostile);
      assertThat(log.lines()).isEmpty();
    }
  }
}
