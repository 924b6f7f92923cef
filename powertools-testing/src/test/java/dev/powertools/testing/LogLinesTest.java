// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  private final LogLines lines =
      lines(
          "{\"level\":\"INFO\",\"message\":\"came in\",\"order_id\":\"o-1\",\"cents\":500}",
          "{\"level\":\"ERROR\",\"message\":\"not charged\",\"order_id\":\"o-1\",\"a/b\":true,"
              + "\"error\":{\"name\":\"NoMoney\",\"causes\":[{\"name\":\"Bank\"}]}}");

  private static LogLines lines(String... lines) {
    return new LogLines(Stream.of(lines).map(LogLine::parse).toList());
  }

  private static void fails(ThrowingCallable check, String... parts) {
    assertThatThrownBy(check)
        .isInstanceOf(AssertionError.class)
        .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
  }

  @Test
  void are_narrowed_down() {
    assertThat(lines.withLevel("ERROR"))
        .extracting(LogLine::message)
        .containsExactly("not charged");
    assertThat(lines.withMessage("came in")).hasSize(1);
    assertThat(lines.withField("order_id", "o-1")).hasSize(2);
    assertThat(lines.withField("cents", 500L)).hasSize(1);
    assertThat(lines.withField("/error/causes/0/name", "Bank")).hasSize(1);
    assertThat(lines.withField("cents", "500")).isEmpty();
  }

  @Test
  void give_their_fields() {
    assertThat(lines.fieldsOf("order_id")).containsExactly("o-1", "o-1");
    assertThat(lines.fieldsOf("/error/name")).containsExactly("NoMoney");
    assertThat(lines.fieldsOf("nothing")).isEmpty();
    assertThat(lines.get(1).at("a~b")).isEmpty();
    assertThat(lines.get(1).at("/a~1b")).contains(true);
    assertThat(lines.get(1).at("/error/causes/1/name")).isEmpty();
    assertThat(lines.get(1).at("/error/name/deeper")).isEmpty();
  }

  @Nested
  class Has_line {

    @Test
    void passes_if_one_line_has_it_all() {
      lines
          .hasLine(line -> line.message("came in").field("cents", 500))
          .hasLine(line -> line.level("ERROR").has("/error/causes").hasNo("cents"))
          .hasLine(line -> line.messageContaining("charged"));
    }

    @Test
    void shows_the_nearest_and_what_it_lacks() {
      fails(
          () -> lines.hasLine(line -> line.level("ERROR").field("order_id", "o-2")),
          "No line has level = \"ERROR\" and order_id = \"o-2\". Of 2 lines the nearest:\n"
              + "  {\"level\":\"ERROR\"",
          "    lacks order_id = \"o-2\"\n",
          "    lacks level = \"ERROR\", order_id = \"o-2\"");
    }

    @Test
    void says_if_there_is_no_line_at_all() {
      fails(() -> lines().hasLine(line -> line.has("level")), "There is no line at all");
    }

    @Test
    void needs_something_to_look_for() {
      assertThatThrownBy(() -> lines.hasLine(line -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("say what");
    }
  }

  @Test
  void has_no_line_shows_the_one_there_is() {
    lines.hasNoLine(line -> line.level("ERROR").has("cents"));

    fails(
        () -> lines.hasNoLine(line -> line.level("ERROR")),
        "No line was to have level = \"ERROR\":\n  {\"level\":\"ERROR\"");
  }

  @Test
  void every_line_has_shows_those_that_have_not() {
    lines.everyLineHas("order_id", "o-1");

    fails(
        () -> lines.everyLineHas("cents", 500),
        "1 of 2 lines don't have cents = 500:\n  {\"level\":\"ERROR\"");
    fails(() -> lines().everyLineHas("cents", 500), "There is no line that could have cents");
  }
}
