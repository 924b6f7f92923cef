// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static dev.powertools.logging.Logs.kv;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsConfig;
import dev.powertools.core.RuntimeProvider;
import dev.powertools.core.redact.Redactor;
import dev.powertools.core.redact.Sensitive;
import dev.powertools.core.redact.SensitiveText;
import dev.powertools.logging.LayoutOptions;
import dev.powertools.logging.Logging;
import dev.powertools.logging.LoggingOptions;
import dev.powertools.logging.Logs;
import dev.powertools.testing.FunctionLogs;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the page on logging shows, run. */
@FunctionTest
class LogsGuideTest {

  private static final Logger LOG = LoggerFactory.getLogger(LogsGuideTest.class);

  // region sensitive
  record Customer(String id, @Sensitive String email, String password) {}

  // endregion

  // region runtime
  public static class LogsRuntime implements RuntimeProvider {
    @Override
    public FunctionRuntime runtime() {
      return FunctionRuntime.builder()
          .part(Redactor.class, Redactor.builder().names("iban").texts(SensitiveText.EMAIL).build())
          .part(
              LayoutOptions.class,
              LayoutOptions.builder().withRedactedMessages().staticField("stage", "prod").build())
          .build();
    }
  }

  // endregion

  @PowertoolsConfig(LogsRuntime.class)
  public static class Greeting implements RequestHandler<Map<String, String>, String> {

    @Override
    @Logging
    public String handleRequest(Map<String, String> event, Context context) {
      // region kv
      LOG.info("welcome {}", kv("customer", new Customer("c-1", "ada@example.org", "s3cret")));
      // endregion
      LOG.info("wrote to ada@example.org", kv("iban", "DE02120300000000202051"));
      return "hello";
    }
  }

  // region code
  public static class Plain implements RequestHandler<Map<String, String>, String> {

    private static final Logs LOGS =
        Logs.of(LoggingOptions.builder().correlationId("/order").logResponse().build());

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      return LOGS.call(event, context, () -> "packed " + event.get("order"));
    }
  }

  // endregion

  @Test
  void what_is_sensitive_is_masked_wherever_it_stands(Functions functions, FunctionLogs logs) {
    functions.function(Greeting.class).invoke(Map.of());

    assertThat(logs.lines().toString())
        .contains("\"stage\":\"prod\"", "wrote to [REDACTED]", "\"iban\":\"[REDACTED]\"")
        .doesNotContain("ada@example.org", "s3cret", "DE02");
  }

  @Test
  void code_does_what_the_annotation_does(Functions functions, FunctionLogs logs) {
    functions.function(Plain.class).invoke(Map.of("order", "o-1"));

    logs.lines().hasLine(line -> line.field("correlation_id", "o-1").has("response"));
  }
}
