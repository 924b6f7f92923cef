// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

  private static final ConfigKey<Boolean> DISABLED = ConfigKey.flag("DISABLED", "Switches it off.");

  @Test
  void an_empty_variable_is_not_set_and_never_true() {
    Config config = Config.of(Map.of("DISABLED", ""));

    assertThat(config.variable("DISABLED")).isEmpty();
    assertThat(config.get(DISABLED)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "yes", "on", "truee"})
  void a_flag_that_is_neither_true_nor_false_is_refused(String value) {
    assertThatThrownBy(() -> Config.of(Map.of("DISABLED", value)).get(DISABLED))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("DISABLED")
        .hasMessageContaining("\"" + value + "\"")
        .hasMessageContaining("true or false");
  }

  @Test
  void a_key_without_a_value_and_without_a_default_says_what_to_set() {
    ConfigKey<String> table = ConfigKey.text("TABLE", "Names the table.");

    assertThatThrownBy(() -> Config.of(Map.of()).get(table))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "The environment variable TABLE is not set. Names the table. Set it to any text.");
  }

  @Test
  void overrides_come_first_and_the_rest_shows_through() {
    Config config = Config.of(Map.of("A", "1", "B", "2")).with(Map.of("A", "3"));

    assertThat(config.variable("A")).contains("3");
    assertThat(config.variable("B")).contains("2");
  }

  @Test
  void numbers_and_lengths_of_time_are_read() {
    Config config = Config.of(Map.of("N", " 12 ", "D", "90s"));

    assertThat(config.get(ConfigKey.number("N", "N."))).isEqualTo(12);
    assertThat(config.get(ConfigKey.duration("D", "D."))).isEqualTo(Duration.ofSeconds(90));
    assertThat(config.get(ConfigKey.number("M", "M.").withDefault(7L))).isEqualTo(7);
  }

  @Nested
  class Lengths_of_time {

    @ParameterizedTest
    @CsvSource({
      "500ms,PT0.5S",
      "30s,PT30S",
      "15m,PT15M",
      "1h,PT1H",
      "7d,PT168H",
      "1h 30m,PT1H30M",
      "1d2h3m4s5ms,PT26H3M4.005S",
      "PT15M,PT15M",
      "pt1h,PT1H",
      " 2H ,PT2H"
    })
    void are_read_as_people_write_them(String text, Duration expected) {
      assertThat(DurationText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "soon",
          "1",
          "h",
          "-1h",
          "0s",
          "30m 1h",
          "1h1h",
          "1.5h",
          "PT",
          "PT-1H",
          "99999999999999999999d",
          "9999999999999999d",
          "1 h",
          "1w"
        })
    void that_are_none_are_refused(String text) {
      assertThatThrownBy(() -> DurationText.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + text + "\"");
    }
  }
}
