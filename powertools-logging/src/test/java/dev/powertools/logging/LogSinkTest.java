// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.logging.spi.LogSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSinkTest {

  private final TestLog log = new TestLog();
  private final List<String> taken = new ArrayList<>();

  private FunctionRuntime runtime(LogSink sink) {
    return TestFunction.runtime().toBuilder().part(LogSink.class, sink).build();
  }

  @Test
  void takes_the_lines_of_its_runtime_with_their_invocation() {
    FunctionRuntime runtime =
        runtime(
            (line, invocation) ->
                taken.add(
                    invocation.map(FunctionInvocation::requestId).orElse("none")
                        + " "
                        + new String(line, StandardCharsets.UTF_8)));
    LiveInvocation invocation =
        LiveInvocation.under(runtime).context(new TestFunction.TestContext("r-1")).open();
    TestFunction.run(invocation, () -> log.logger().info("inside"));
    try (Scope.Attached scope = Scope.of(runtime).attach()) {
      log.logger().info("initialisation");
    }
    assertThat(log.lines()).isEmpty();
    log.logger().info("outside");
    assertThat(log.line().get("message").textValue()).isEqualTo("outside");

    assertThat(taken).hasSize(2);
    assertThat(taken.get(0)).startsWith("r-1 {").contains("\"message\":\"inside\"").endsWith("}");
    assertThat(taken.get(1)).startsWith("none {").contains("\"message\":\"initialisation\"");
  }

  @Test
  void does_not_break_the_function_if_it_throws() {
    FunctionRuntime runtime =
        runtime(
            (line, invocation) -> {
              throw new IllegalStateException("full");
            });
    TestFunction.run(LiveInvocation.under(runtime).open(), () -> log.logger().info("x"));
    assertThat(log.line().get("message").textValue()).isEqualTo("x");
  }
}
