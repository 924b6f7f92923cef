// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static dev.powertools.logging.Logs.kv;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.redact.Sensitive;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Arguments that are keys of the line as well. */
class KeyValueTest {

  private final TestLog log = new TestLog();

  record Item(String sku, int count) {}

  /** A bean. */
  public static class Customer {
    private final String name;
    @Sensitive private final String email;

    Customer(String name, String email) {
      this.name = name;
      this.email = email;
    }

    public String getName() {
      return name;
    }

    public String getEmail() {
      return email;
    }

    public String getPassword() {
      return "hunter2";
    }

    public Customer getSelf() {
      return this;
    }

    public Object getBroken() {
      throw new StackOverflowError();
    }
  }

  /** Must not be asked for anything. */
  public static class Untouchable {

    public String getX() {
      throw new AssertionError("asked for");
    }

    @Override
    public String toString() {
      throw new AssertionError("asked for");
    }
  }

  @Test
  void stand_in_the_message_and_in_the_line() {
    // region kv
    log.logger().info("packed {} for {}", kv("item", new Item("a-1", 2)), kv("customer", "ada"));
    // endregion
    JsonNode line = log.line();
    assertThat(line.get("message").textValue())
        .isEqualTo("packed item=Item[sku=a-1, count=2] for customer=ada");
    assertThat(line.get("item").toString()).isEqualTo("{\"sku\":\"a-1\",\"count\":2}");
    assertThat(line.get("customer").textValue()).isEqualTo("ada");
  }

  @Test
  void stand_in_the_line_without_a_place_in_the_message() {
    log.logger().info("packed", kv("count", 2), kv("none", null));
    JsonNode line = log.line();
    assertThat(line.get("message").textValue()).isEqualTo("packed");
    assertThat(line.get("count").intValue()).isEqualTo(2);
    assertThat(line.get("none").isNull()).isTrue();
  }

  @Test
  void may_come_before_an_exception_and_beside_pairs_of_their_name() {
    log.logger()
        .atError()
        .addKeyValue("a", 1)
        .setCause(new IllegalStateException("x"))
        .log("failed {}", kv("a", 2));
    log.logger().error("failed {}", kv("level", 3), new IllegalStateException("x"));
    List<JsonNode> lines = log.lines();
    assertThat(lines.get(0).get("a#2").intValue()).isEqualTo(2);
    JsonNode renamed =
        lines.stream().filter(line -> line.has("user_level")).findFirst().orElseThrow();
    assertThat(renamed.get("user_level").intValue()).isEqualTo(3);
    assertThat(renamed.get("error").get("message").textValue()).isEqualTo("x");
  }

  @Test
  void are_json_by_their_types() {
    log.logger()
        .info(
            "x",
            kv("list", List.of(1, Optional.of("a"))),
            kv("map", Map.of("day", LocalDate.of(2026, 1, 31))),
            kv("time", Duration.ofSeconds(3)));
    JsonNode line = log.line();
    assertThat(line.get("list").toString()).isEqualTo("[1,\"a\"]");
    assertThat(line.get("map").toString()).isEqualTo("{\"day\":\"2026-01-31\"}");
    assertThat(line.get("time").textValue()).isEqualTo("PT3S");
  }

  @Test
  void may_be_beans_whose_getters_throw_or_lead_back_to_them() {
    log.logger().info("came: {}", kv("customer", new Customer("ada", "ada@example.com")));
    JsonNode line = log.line();
    JsonNode customer = line.get("customer");
    assertThat(customer.get("name").textValue()).isEqualTo("ada");
    assertThat(customer.get("broken").textValue())
        .startsWith("!getBroken() of ")
        .endsWith(" threw java.lang.StackOverflowError");
    assertThat(customer.get("self").textValue()).startsWith("!cycle back to ");
    assertThat(line.get("message").textValue()).startsWith("came: customer={\"");
    assertThat(line.toString())
        .contains("\"email\":\"[REDACTED]\"", "\"password\":\"[REDACTED]\"")
        .doesNotContain("example.com", "hunter2");
  }

  @Test
  void of_secret_names_are_masked_in_the_message_too() {
    log.logger().info("with {}", kv("password", "hunter2"));
    assertThat(log.line().toString()).contains("password=[REDACTED]").doesNotContain("hunter2");
  }

  @Test
  void are_not_looked_at_if_the_level_is_off() {
    log.logger().debug("x {}", kv("a", new Untouchable()));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void whose_text_throws_are_named() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new OutOfMemoryError("made by hand");
          }
        };
    log.logger().info("x {}", kv("a", hostile));
    JsonNode line = log.line();
    assertThat(line.get("message").textValue())
        .startsWith("x a=!toString() of ")
        .endsWith(" threw java.lang.OutOfMemoryError");
    assertThat(line.get("a").textValue()).endsWith(" threw java.lang.OutOfMemoryError");
  }
}
