// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.json.JsonWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTimeTest {

  private static final DateTimeFormatter EXPECTED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final LineTime time = new LineTime();

  private String written(long millis) {
    JsonWriter json = new JsonWriter();
    time.write(millis, json);
    return new String(json.toByteArray(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  @Test
  void any_time_is_iso_8601_in_utc_with_milliseconds() {
    Seeds.forEach(
        20_000,
        random -> {
          long millis = (long) (random.nextDouble() * 253_402_300_799_999L);
          assertThat(written(millis))
              .isEqualTo('"' + EXPECTED.format(Instant.ofEpochMilli(millis)) + '"');
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00.000Z",
        "1999-12-31T23:59:59.999Z",
        "2000-02-29T12:00:00.001Z",
        "2024-02-29T23:59:59.010Z",
        "2026-03-01T00:00:00.100Z",
        "2100-02-28T23:59:59.999Z",
        "9999-12-31T23:59:59.999Z"
      })
  void the_edges_of_the_calendar_are_right(String text) {
    assertThat(written(Instant.parse(text).toEpochMilli())).isEqualTo('"' + text + '"');
  }

  @Test
  void consecutive_times_do_not_mix() {
    long second = Instant.parse("2026-11-21T02:29:04Z").toEpochMilli();
    assertThat(written(second + 999)).isEqualTo("\"2026-11-21T02:29:04.999Z\"");
    assertThat(written(second + 7)).isEqualTo("\"2026-11-21T02:29:04.007Z\"");
    assertThat(written(second + 1000)).isEqualTo("\"2026-11-21T02:29:05.000Z\"");
  }

  @Test
  void times_out_of_range_are_still_text() {
    assertThat(written(-1)).isEqualTo("\"1969-12-31T23:59:59.999Z\"");
    assertThat(written(Long.MAX_VALUE)).startsWith("\"+292278994-");
  }
}
