// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.batch.RecordContext;
import dev.powertools.batch.SqsBatchHandler;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.Outcome;
import dev.powertools.local.event.Events;
import dev.powertools.logging.Logging;
import dev.powertools.logging.Logs;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.LogLine;
import dev.powertools.testing.TestFunction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What a user puts into the logs for one unit of work is not there for the next. */
@FunctionTest
class NothingSurvivesTest {

  private static final Logger LOG = LoggerFactory.getLogger(NothingSurvivesTest.class);

  private static void logAs(String tenant) {
    LOG.info("before {}", tenant);
    MDC.put("tenant", tenant);
    Logs.put("customer", tenant);
    LOG.info("after {}", tenant);
  }

  @Logging
  public static class Calls extends FunctionHandler<String, String> {
    @Override
    protected String handle(String tenant, Context context) {
      logAs(tenant);
      return tenant;
    }
  }

  @Logging
  public static class Records extends SqsBatchHandler<String> {
    @Override
    protected Outcome onRecord(String tenant, RecordContext message) {
      logAs(tenant);
      return Outcome.done();
    }
  }

  private static void assertApart(List<LogLine> lines) {
    assertThat(lines).hasSize(4);
    for (LogLine line : lines) {
      if (line.message().startsWith("before")) {
        assertThat(line.fields()).doesNotContainKeys("tenant", "customer");
      } else {
        String tenant = line.message().substring("after ".length());
        assertThat(line.fields()).containsEntry("tenant", tenant).containsEntry("customer", tenant);
      }
    }
  }

  @Test
  void invocation(Functions functions, FunctionLogs logs) {
    TestFunction function = functions.function(Calls.class);
    function.invokeJson("\"acme\"");
    function.invokeJson("\"globex\"");

    assertApart(logs.lines());
  }

  @Test
  void record_of_the_same_batch(Functions functions, FunctionLogs logs) {
    functions.function(Records.class).invoke(Events.sqs().bodies("acme", "globex"));

    assertApart(logs.lines());
  }
}
