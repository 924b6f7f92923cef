// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Level and time of the lines are the test's own. */
@FunctionTest
class LogsOfATestTest {

  /** Says everything. */
  public static class Chatty extends FunctionHandler<String, String> {

    private static final Logger LOG = LoggerFactory.getLogger(Chatty.class);

    @Override
    protected String handle(String event, Context context) {
      LOG.debug("a detail");
      LOG.info("a fact");
      LOG.error("a failure");
      return event;
    }
  }

  @Test
  void each_test_has_a_level_of_its_own(Functions functions, FunctionLogs logs) {
    functions.environment("POWERTOOLS_LOG_LEVEL", "DEBUG").function(Chatty.class).invoke("x");
    assertThat(logs.messages()).containsExactly("a detail", "a fact", "a failure");

    try (Functions others = Functions.start()) {
      others.environment("POWERTOOLS_LOG_LEVEL", "ERROR").function(Chatty.class).invoke("x");
      assertThat(others.logs().messages()).containsExactly("a failure");
    }
    try (Functions others = Functions.start()) {
      others.function(Chatty.class).invoke("x");
      assertThat(others.logs().messages()).containsExactly("a fact", "a failure");
    }
  }

  @Test
  void lines_bear_the_time_of_the_test(Functions functions, FunctionLogs logs, TestClock clock) {
    TestFunction chatty = functions.function(Chatty.class);
    chatty.invoke("x");
    clock.advance(Duration.ofHours(1));
    chatty.invoke("y");

    assertThat(logs.lines())
        .extracting(line -> line.field("timestamp").orElse(""))
        .containsExactly(
            "2026-01-01T00:00:00.000Z",
            "2026-01-01T00:00:00.000Z",
            "2026-01-01T01:00:00.000Z",
            "2026-01-01T01:00:00.000Z");
  }
}
