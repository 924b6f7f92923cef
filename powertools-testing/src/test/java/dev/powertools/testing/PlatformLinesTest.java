// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that Lambda's own logger would write. */
@FunctionTest
class PlatformLinesTest {

  /** Logs by both loggers, waits as told, and fails if that is less than nothing. */
  public static class Talker extends FunctionHandler<Integer, String> {

    private static final Logger LOG = LoggerFactory.getLogger(Talker.class);

    @Override
    protected String handle(Integer seconds, Context context) throws InterruptedException {
      LOG.info("structured");
      context.getLogger().log("plain " + seconds + "\nsecond line\n");
      context.getLogger().log("loud", LogLevel.WARN);
      if (seconds < 0) {
        throw new IllegalArgumentException("no time");
      }
      FunctionRuntime.current().timing().sleep(Duration.ofSeconds(seconds));
      return "done";
    }
  }

  private static TestFunction talker(Functions functions) {
    return functions.timeout(Duration.ofSeconds(10)).function(Talker.class);
  }

  @Test
  void what_the_contexts_logger_writes_is_apart_from_the_json_lines(
      Functions functions, FunctionLogs logs) {
    talker(functions).invoke(1);

    assertThat(logs.platform()).containsExactly("plain 1", "second line", "[WARN] loud");
    assertThat(logs.messages()).containsExactly("structured");
  }

  @Test
  void each_test_has_its_own(Functions functions, FunctionLogs logs) {
    try (Functions others = Functions.start()) {
      talker(others).invoke(1);
      talker(functions).invoke(2);

      assertThat(others.logs().platform()).startsWith("plain 1").doesNotContain("plain 2");
      assertThat(logs.platform()).startsWith("plain 2").doesNotContain("plain 1");
    }
  }

  @Test
  void a_death_is_told_in_lambdas_words(Functions functions, FunctionLogs logs) {
    talker(functions).invokeJson("25", as -> as.requestId("r-1"));

    assertThat(logs.platform())
        .endsWith("2026-01-01T00:00:10.000Z r-1 Task timed out after 10.00 seconds");
    assertThat(logs.messages()).containsExactly("structured");
  }

  @Test
  void so_is_one_behind_a_queue(Functions functions, FunctionLogs logs) {
    var queue =
        functions
            .timeout(Duration.ofSeconds(10))
            .sqs("orders", Sleeper.class)
            .maxReceives(1)
            .start();
    queue.send("x");
    queue.drain();

    assertThat(logs.platform())
        .singleElement()
        .asString()
        .endsWith(" Task timed out after 10.00 seconds");
  }

  /** Takes too long for anything. */
  public static class Sleeper extends FunctionHandler<Map<String, Object>, String> {
    @Override
    protected String handle(Map<String, Object> event, Context context)
        throws InterruptedException {
      FunctionRuntime.current().timing().sleep(Duration.ofSeconds(25));
      return "done";
    }
  }

  @Test
  void so_is_the_runtime_clients_account_of_an_error(Functions functions, FunctionLogs logs) {
    TestFunction talker = talker(functions);
    talker.invoke(-1);
    talker.invoke(-1); // the client tells of an error after it has answered, before the next one

    assertThat(logs.platform()).contains("no time: java.lang.IllegalArgumentException");
  }
}
