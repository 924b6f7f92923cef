// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.idempotency.Idempotent;
import dev.powertools.logging.CorrelationId;
import dev.powertools.logging.Logging;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What goes wrong elsewhere and does not here. Beside these: {@code NothingSurvivesTest} for the
 * keys of the invocation before, {@code PayloadLoggingTest} for the response's keys and for streams
 * that are no text, {@code LogDetailTest} for kept lines; and in the module, fuzzed lines, chains
 * of causes, and the keys, sizes and time of kept lines.
 */
@FunctionTest
class PeerDefectsTest {

  private static final Logger LOG = LoggerFactory.getLogger(PeerDefectsTest.class);

  @Nested
  class Levels {

    @Test
    void are_not_stuck_at_debug_after_the_first_sampled_call(
        Functions functions, FunctionLogs logs) {
      TestFunction function =
          functions
              .with(RandomGenerator.class, new Random(4711))
              .environment("POWERTOOLS_LOGGER_SAMPLE_RATE", "0.1")
              .function(Sampled.class);

      for (int i = 0; i < 2_000; i++) {
        function.invokeJson("1");
      }

      Map<String, Long> byLevel =
          logs.lines().stream()
              .collect(
                  java.util.stream.Collectors.groupingBy(
                      LogLine::message, java.util.stream.Collectors.counting()));
      assertThat(byLevel).containsEntry("normal", 2_000L);
      assertThat(byLevel.get("detail")).isBetween(140L, 260L);
    }
  }

  @Logging
  public static class Sampled extends FunctionHandler<Integer, Integer> {
    @Override
    protected Integer handle(Integer event, Context context) {
      LOG.debug("detail");
      LOG.info("normal");
      return event;
    }
  }

  @Nested
  class Lines {

    @Test
    void are_valid_for_awkward_input(Functions functions, FunctionLogs logs) {
      functions.function(Awkward.class).invokeJson("1");

      assertThat(logs.lines()).as("each is parsed strictly; one warns of a name").hasSize(8);
      assertThat(logs.lines().get(0).fields()).containsEntry("account", "012345678910");
    }

    @Test
    void name_every_cause(Functions functions, FunctionLogs logs) {
      functions.function(Caused.class).invokeJson("1");

      assertThat(logs.lines().get(0).text()).contains("outer", "middle", "innermost");
    }
  }

  @Logging
  public static class Awkward extends FunctionHandler<Integer, Integer> {
    @Override
    protected Integer handle(Integer event, Context context) {
      MDC.put("account", "012345678910");
      LOG.info("an account id with a leading zero");
      LOG.info("control \u0001 \b \u007f characters");
      LOG.info("a \"quote\" and a \\ backslash \n and a line end");
      LOG.info("a lone surrogate \ud83d");
      LOG.atInfo().addKeyValue("ratio", Double.NaN).log("not a number");
      LOG.atInfo().addKeyValue("a \"key\"\n", Map.of()).log("an empty map under an awkward key");
      LOG.atInfo().addKeyValue("message", 1).addKeyValue("message", 2).log("a reserved key, twice");
      return event;
    }
  }

  @Logging
  public static class Caused extends FunctionHandler<Integer, Integer> {
    @Override
    protected Integer handle(Integer event, Context context) {
      Exception innermost = new IllegalArgumentException("innermost");
      LOG.error(
          "failed", new IllegalStateException("outer", new RuntimeException("middle", innermost)));
      return event;
    }
  }

  @Test
  void a_replay_logs_its_own_ids_and_not_those_of_the_call_that_did_the_work(
      Functions functions, FunctionLogs logs) {
    TestFunction function = functions.function(Replayed.class);

    TestResponse first = function.invokeJson("{\"order\":\"o-1\",\"id\":\"c-1\"}");
    TestResponse replay = function.invokeJson("{\"order\":\"o-1\",\"id\":\"c-2\"}");

    assertThat(replay.text()).isEqualTo(first.text());
    assertThat(logs.of(first).stream().map(LogLine::message)).contains("charged", "Response");
    assertThat(logs.of(replay))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.message()).isEqualTo("Response");
              assertThat(line.fields())
                  .containsEntry("correlation_id", "c-2")
                  .containsEntry("function_request_id", replay.requestId());
            });
  }

  public static class Replayed implements RequestHandler<Map<String, String>, String> {
    @Override
    @Idempotent(name = "replayed", key = "/order")
    @Logging(correlationId = "/id", logResponse = true)
    public String handleRequest(Map<String, String> event, Context context) {
      LOG.info("charged");
      return CorrelationId.current().orElse("")
          + FunctionInvocation.current().map(FunctionInvocation::requestId).orElse("");
    }
  }
}
