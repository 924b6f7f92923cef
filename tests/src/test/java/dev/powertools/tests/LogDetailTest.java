// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.Outcome;
import dev.powertools.local.event.Events;
import dev.powertools.logging.Logging;
import dev.powertools.logging.LoggingOptions;
import dev.powertools.logging.Logs;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.TestFunction;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Details of the invocations that want them, through every door. */
@FunctionTest
class LogDetailTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.shop.Orders");

  private static String work(String order) {
    LOG.debug("looked up {}", order);
    LOG.info("asked for {}", order);
    return DetailedOrders.supply(order);
  }

  @Logging(bufferLevel = "DEBUG", slowerThan = "2s", deadlineMargin = "500ms")
  public static class Base extends FunctionHandler<String, String> {
    @Override
    protected String handle(String order, Context context) {
      return work(order);
    }
  }

  public static class Code implements RequestHandler<String, String> {
    private static final Logs LOGS =
        Logs.of(
            LoggingOptions.builder()
                .bufferLevel("DEBUG")
                .slowerThan(Duration.ofSeconds(2))
                .deadlineMargin(Duration.ofMillis(500))
                .build());

    @Override
    public String handleRequest(String order, Context context) {
      return LOGS.call(order, context, () -> work(order));
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {DetailedOrders.class, Base.class, Code.class})
  void is_written_when_there_is_a_reason(Class<?> door, Functions functions, FunctionLogs logs) {
    TestFunction function = functions.function(door);

    function.invokeJson("\"good\"");
    assertThat(logs.messages()).containsExactly("asked for good");
    function.invokeJson("\"dear\"");
    function.invokeJson("\"slow\"");
    assertThat(function.invokeJson("\"unknown\"").error()).isPresent();

    assertThat(logs.messages())
        .containsExactly(
            "asked for good",
            "asked for dear",
            "looked up dear",
            "too dear",
            "asked for slow",
            "looked up slow",
            "asked for unknown",
            "looked up unknown");
  }

  @ParameterizedTest
  @ValueSource(classes = {DetailedOrders.class, Base.class, Code.class})
  void is_written_before_the_platform_kills_the_function(
      Class<?> door, Functions functions, FunctionLogs logs) {
    functions.timeout(Duration.ofSeconds(10)).function(door).invokeJson("\"stuck\"");

    assertThat(logs.lines()).hasSize(3);
    assertThat(logs.messages().get(1)).isEqualTo("looked up stuck");
    LogLine told = logs.lines().get(2);
    assertThat(told.message()).contains("500 ms");
    assertThat(told.field("stack"))
        .hasValueSatisfying(stack -> assertThat(stack).contains("DetailedOrders.supply"));
  }

  @ParameterizedTest
  @ValueSource(classes = {DetailedOrders.class, Base.class, Code.class})
  void is_sampled_as_the_environment_says(Class<?> door, Functions functions, FunctionLogs logs) {
    functions
        .environment("POWERTOOLS_LOG_LEVEL", "WARN")
        .environment("POWERTOOLS_LOGGER_SAMPLE_RATE", "1")
        .function(door)
        .invokeJson("\"good\"");

    assertThat(logs.messages()).containsExactly("looked up good", "asked for good", "found good");
    assertThat(logs.lines().get(0).text()).contains("\"sampling_rate\":1.0");
  }

  @Test
  void stays_within_what_the_platform_lets_through(Functions functions, FunctionLogs logs) {
    TestFunction function =
        functions
            .environment("AWS_LAMBDA_LOG_LEVEL", "INFO")
            .environment("POWERTOOLS_LOGGER_SAMPLE_RATE", "1")
            .function(Base.class);

    function.invokeJson("\"good\"");
    function.invokeJson("\"dear\"");

    assertThat(logs.messages()).endsWith("asked for good", "asked for dear", "too dear");
    assertThat(logs.messages().subList(0, 2))
        .allMatch(message -> message.contains("AWS_LAMBDA_LOG_LEVEL"));
    assertThat(logs.messages()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SAMPLE_RATE", "BUFFER_LEVEL", "SLOWER_THAN", "DEBUG_FOR", "MAX_BYTES"})
  void of_a_bad_setting_is_one_warning_and_the_function_runs(
      String variable, Functions functions, FunctionLogs logs) {
    TestFunction function =
        functions.environment("POWERTOOLS_LOGGER_" + variable, "much").function(Code.class);

    assertThat(function.invokeJson("\"good\"").text()).isEqualTo("\"good\"");
    assertThat(function.invokeJson("\"good\"").text()).isEqualTo("\"good\"");

    assertThat(logs.messages()).hasSize(3);
    assertThat(logs.messages().get(0)).contains("POWERTOOLS_LOGGER_" + variable, "much");
  }

  @Nested
  class Of_a_batch {

    private static final Object[] BODIES = {"a", "unknown", "b"};

    @Test
    void is_each_records_own(Functions functions, FunctionLogs logs) {
      functions.function(Orders.class).invoke(Events.sqs().bodies(BODIES));

      assertThat(logs.messages())
          .filteredOn(message -> message.startsWith("looked up"))
          .containsExactly("looked up unknown");
    }

    @Test
    void is_the_records_whose_method_asks_for_it(Functions functions, FunctionLogs logs) {
      functions.function(OrderRecords.class).invoke(Events.sqs().bodies(BODIES));

      assertThat(logs.messages())
          .filteredOn(message -> message.startsWith("looked up"))
          .containsExactly("looked up unknown");
    }

    @Test
    void follows_the_batches_sampling(Functions functions, FunctionLogs logs) {
      functions
          .environment("POWERTOOLS_LOGGER_SAMPLE_RATE", "1")
          .function(Orders.class)
          .invoke(Events.sqs().bodies("a", "b"));

      assertThat(logs.messages()).contains("looked up a", "found a", "looked up b", "found b");
    }
  }

  @Logging(bufferLevel = "DEBUG")
  public static class Orders extends SqsBatchHandler<String> {
    @Override
    protected Outcome onRecord(String order, RecordContext message) {
      work(order);
      return Outcome.done();
    }
  }

  public static class OrderRecords extends SqsBatchHandler<String> {
    @Override
    @Logging(bufferLevel = "DEBUG")
    protected Outcome onRecord(String order, RecordContext message) {
      work(order);
      return Outcome.done();
    }
  }
}
