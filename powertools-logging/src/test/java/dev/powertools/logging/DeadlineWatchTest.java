// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The context of these tests has a second left. */
class DeadlineWatchTest {

  private static LoggingOptions.Builder watched(LoggingOptions.Builder options) {
    return options.bufferLevel("DEBUG").deadlineMargin(Duration.ofMillis(300));
  }

  private final DetailedUnits units = new DetailedUnits();
  private final ch.qos.logback.classic.Logger logger = units.log.logger();

  private void callTheSlowSupplier() {
    units.timing.advance(Duration.ofMillis(700));
  }

  @Test
  void writes_what_was_kept_and_where_the_thread_stands() {
    units.run(
        DeadlineWatchTest::watched,
        () -> {
          logger.debug("kept");
          callTheSlowSupplier();
        });
    List<JsonNode> lines = units.log.lines();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).get("message").textValue()).isEqualTo("kept");
    JsonNode told = lines.get(1);
    assertThat(told.get("level").textValue()).isEqualTo("WARN");
    assertThat(told.get("message").textValue()).contains("300 ms");
    assertThat(told.get("stack").textValue())
        .contains("\tat ", "DeadlineWatchTest.callTheSlowSupplier");
    assertThat(told.get("function_request_id").textValue()).isEqualTo("r-1");
  }

  @Test
  void says_nothing_if_the_work_ends_in_time() {
    units.run(DeadlineWatchTest::watched, () -> units.timing.advance(Duration.ofMillis(699)));
    assertThat(units.timing.planned()).isZero();
    units.timing.advance(Duration.ofSeconds(9));
    assertThat(units.messages()).isEmpty();
  }

  @Test
  void tells_where_the_open_record_of_a_batch_stands() {
    LiveInvocation batch = units.open("r-1");
    units.run(
        DeadlineWatchTest::watched,
        batch,
        () -> {
          LiveInvocation record = batch.child().fact(CorrelationId.KEY, "m-1").open();
          TestFunction.run(
              record,
              () -> {
                logger.debug("kept");
                callTheSlowSupplier();
              });
        });
    assertThat(units.log.lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.get("correlation_id").textValue()).isEqualTo("m-1"));
  }

  @Test
  void does_nothing_where_there_is_no_deadline_or_no_time_for_the_margin() {
    Logs logs = units.logs(options -> options.deadlineMargin(Duration.ofSeconds(1)));
    try (Scope.Attached ignored = Scope.of(units.runtime()).attach()) {
      logs.call(null, null, () -> "no platform");
      logs.call(null, new TestFunction.TestContext("r-1"), () -> "no time");
    }
    assertThat(units.timing.planned()).isZero();
  }
}
