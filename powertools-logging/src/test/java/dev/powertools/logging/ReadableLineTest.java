// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.logging.spi.LogSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What {@code POWERTOOLS_DEV=true} shows. */
class ReadableLineTest {

  private static final Map<String, String> DEV = Map.of("POWERTOOLS_DEV", "true");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Logger logger(Map<String, String> environment) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    PowertoolsConfigurator configurator =
        new PowertoolsConfigurator(Config.of(environment), out, new ClassLoader(null) {});
    configurator.setContext(context);
    configurator.configure(context);
    return context.getLogger("com.example.Orders");
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void time_level_logger_message_and_keys_on_a_line() {
    logger(DEV).atInfo().addKeyValue("order", List.of(1, "a")).addKeyValue("b", "c d").log("hello");
    assertThat(text())
        .matches(
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  com\\.example\\.Orders - hello order=\\[1,\"a\"]"
                + " b=c d\n");
  }

  @Test
  void the_stack_below() {
    logger(DEV).error("failed", new IllegalStateException("why"));
    assertThat(text())
        .contains(
            "ERROR com.example.Orders - failed\njava.lang.IllegalStateException: why\n\tat dev.");
  }

  @Test
  void nothing_that_a_terminal_obeys_and_no_forged_lines() {
    logger(DEV).info("red \u001b[31m\n12:00:00.000 INFO  forged\r");
    assertThat(text()).contains("red \\u001b[31m\n    12:00", "forged\\u000d\n");
  }

  @Test
  void secrets_stay_masked() {
    logger(DEV).atInfo().addKeyValue("password", "hunter2").log("x");
    assertThat(text()).contains("password=[REDACTED]").doesNotContain("hunter2");
  }

  @Test
  void facts_of_the_platform_are_left_out_and_options_hold() {
    Logger logger = logger(Map.of());
    LayoutOptions options =
        LayoutOptions.ecs().toBuilder().withColours().rename("message", "m").build();
    FunctionRuntime runtime =
        TestFunction.runtime(DEV).toBuilder().part(LayoutOptions.class, options).build();
    LiveInvocation invocation =
        LiveInvocation.under(runtime).context(new TestFunction.TestContext("r-1")).open();
    TestFunction.run(invocation, () -> logger.warn("hello", new IllegalStateException("why")));
    assertThat(text())
        .contains("\u001b[33mWARN \u001b[0m com.example.Orders - hello ecs.version=8.11.0\n")
        .contains("\njava.lang.IllegalStateException: why\n\tat ")
        .doesNotContain("r-1", "faas");
  }

  @Test
  void a_sink_gets_json_all_the_same() throws Exception {
    List<String> lines = new ArrayList<>();
    LogSink sink = (line, function) -> lines.add(new String(line, StandardCharsets.UTF_8));
    Logger logger = logger(DEV);
    FunctionRuntime runtime =
        TestFunction.runtime(DEV).toBuilder().part(LogSink.class, sink).build();
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      logger.info("hello");
    }
    assertThat(lines).singleElement().asString().startsWith("{\"timestamp\"");
    assertThat(text()).isEmpty();
  }

  @Test
  void a_wrong_value_is_said_and_lines_stay_json() {
    logger(Map.of("POWERTOOLS_DEV", "perhaps")).info("hello");
    assertThat(text().split("\n")).hasSize(2).allMatch(line -> line.startsWith("{"));
    assertThat(text()).contains("POWERTOOLS_DEV", "perhaps");
  }
}
