// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.config.Config;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
  private static final Style PLAIN = new Style(false);

  @Test
  void a_json_line_becomes_time_level_request_message_and_keys() {
    String line =
        "{\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"level\":\"INFO\",\"service\":\"s\","
            + "\"message\":\"charged\",\"function_request_id\":\"12345678-9abc\",\"cents\":5}";

    assertThat(LogLine.render(line, PLAIN))
        .isEqualTo("03:04:05.678 INFO  12345678 charged cents=5");
  }

  @Test
  void a_stack_trace_stands_below() {
    String line =
        "{\"timestamp\":\"t\",\"level\":\"ERROR\",\"message\":\"m\",\"error\":{\"name\":\"E\","
            + "\"stack\":\"E: gone\\n\\tat a.B.c(B.java:1)\\n\"}}";

    assertThat(LogLine.render(line, PLAIN))
        .isEqualTo("t ERROR m\n    E: gone\n        at a.B.c(B.java:1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain text", "{\"a\":1}", "{broken}", "[1]"})
  void any_other_line_stays_as_it_is(String line) {
    assertThat(LogLine.render(line, PLAIN)).isEqualTo(line);
  }

  @Test
  void there_are_colours_on_a_terminal_where_nobody_objects() {
    Config silent = Config.of(Map.of());

    assertThat(Style.of(silent, true).red("x")).isEqualTo("\u001b[31mx\u001b[0m");
    assertThat(Style.of(silent, false).red("x")).isEqualTo("x");
    assertThat(Style.of(Config.of(Map.of("NO_COLOR", "1")), true).red("x")).isEqualTo("x");
    assertThat(Style.of(Config.of(Map.of("TERM", "dumb")), true).red("x")).isEqualTo("x");
  }
}
