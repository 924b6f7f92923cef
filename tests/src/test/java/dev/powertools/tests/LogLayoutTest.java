// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.Outcome;
import dev.powertools.core.redact.Sensitive;
import dev.powertools.local.event.Events;
import dev.powertools.logging.LayoutOptions;
import dev.powertools.logging.Logging;
import dev.powertools.logging.Logs;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The layout of a runtime and typed arguments, through every door. */
@FunctionTest
class LogLayoutTest {

  private static final Logger LOG = LoggerFactory.getLogger(LogLayoutTest.class);
  private static final LayoutOptions OPTIONS =
      LayoutOptions.builder()
          .withLocation()
          .rename("function_name", "function")
          .remove("function_arn")
          .staticField("stage", "test")
          .build();

  record Order(String id, @Sensitive String word) {}

  public static class Annotated implements RequestHandler<String, String> {
    @Override
    @Logging
    public String handleRequest(String event, Context context) {
      return packed(event);
    }
  }

  @Logging
  public static class Base extends FunctionHandler<String, String> {
    @Override
    protected String handle(String event, Context context) {
      return packed(event);
    }
  }

  public static class Code implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      return Logs.defaults().call(event, context, () -> packed(event));
    }
  }

  public static class Records extends SqsBatchHandler<String> {
    @Override
    @Logging
    protected Outcome onRecord(String order, RecordContext message) {
      packed(order);
      return Outcome.done();
    }
  }

  private static String packed(String id) {
    LOG.info("packed {}", Logs.kv("order", new Order(id, "s3cret")));
    return id;
  }

  private static void shown(FunctionLogs logs, int lines) {
    assertThat(logs.lines()).hasSize(lines);
    for (var line : logs.lines()) {
      assertThat(line.message()).startsWith("packed order={\"");
      assertThat(line.fields())
          .containsEntry("order", Map.of("id", "o-1", "word", "[REDACTED]"))
          .containsEntry("stage", "test")
          .containsKey("function")
          .doesNotContainKeys("function_name", "function_arn");
      assertThat(line.text()).contains("LogLayoutTest.java").doesNotContain("s3cret");
    }
  }

  @Test
  void of_a_woven_handler(Functions functions, FunctionLogs logs) {
    functions.with(LayoutOptions.class, OPTIONS).function(Annotated.class).invokeJson("\"o-1\"");
    shown(logs, 1);
  }

  @Test
  void of_a_base_class(Functions functions, FunctionLogs logs) {
    functions.with(LayoutOptions.class, OPTIONS).function(Base.class).invokeJson("\"o-1\"");
    shown(logs, 1);
  }

  @Test
  void of_plain_code(Functions functions, FunctionLogs logs) {
    functions.with(LayoutOptions.class, OPTIONS).function(Code.class).invokeJson("\"o-1\"");
    shown(logs, 1);
  }

  @Test
  void of_records(Functions functions, FunctionLogs logs) {
    functions
        .with(LayoutOptions.class, OPTIONS)
        .function(Records.class)
        .invoke(Events.sqs().bodies("o-1", "o-1"));
    shown(logs, 2);
  }
}
