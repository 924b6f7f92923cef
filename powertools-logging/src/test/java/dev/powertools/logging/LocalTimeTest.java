// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** The build runs these tests in Kathmandu, five hours and three quarters from Greenwich. */
class LocalTimeTest {

  @Test
  void is_not_what_lines_say() {
    DetailedUnits units = new DetailedUnits();
    Instant now = units.timing.now();
    assertThat(TimeZone.getDefault().getOffset(now.toEpochMilli())).isEqualTo(20_700_000);

    units.run(options -> options, () -> units.log.logger().info("x"));

    assertThat(units.log.line().get("timestamp").textValue()).isEqualTo("2026-03-01T09:00:00.000Z");
  }
}
