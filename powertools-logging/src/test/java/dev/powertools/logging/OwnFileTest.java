// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Scope;
import dev.powertools.logging.spi.LogSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A Logback whose appenders are the user's. */
class OwnFileTest {

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final List<String> warned = new ArrayList<>();
  private final Logger logger = context.getLogger("test");

  OwnFileTest() {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    appender.start();
    root.addAppender(appender);
  }

  private void run(UnaryOperator<LoggingOptions.Builder> options) {
    SinkCapture.install(); // where warnings go, to any appenders
    LogSink sink = (line, unit) -> warned.add(new String(line, StandardCharsets.UTF_8));
    FunctionRuntime runtime =
        FunctionRuntime.builder()
            .config(Config.of(Map.of("POWERTOOLS_LOG_LEVEL", "INFO")))
            .part(LogSink.class, sink)
            .build();
    Logs logs =
        Logs.of(
            options.apply(LoggingOptions.builder()).build(),
            new SignalLines(context.getLogger(SignalLines.LOGGER_NAME)));
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      for (int i = 0; i < 2; i++) {
        logs.call(
            null,
            null,
            () -> {
              logger.debug("detail");
              logger.error("failed");
              return "";
            });
      }
    }
  }

  private List<String> messages() {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void is_sampled_all_the_same() {
    run(options -> options.samplingRate(1));
    assertThat(messages()).containsExactly("detail", "failed", "detail", "failed");
    assertThat(warned).isEmpty();
  }

  @Test
  void is_not_buffered_and_one_warning_says_so() {
    run(options -> options.bufferLevel("DEBUG").countBytes());
    assertThat(messages()).containsExactly("failed", "failed");
    assertThat(warned).hasSize(1);
    assertThat(warned.get(0)).contains("Logback is configured by a file", "bufferLevel");
  }
}
