// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.Scope;
import dev.powertools.logging.spi.LogSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingOptionsTest {

  private static void refused(UnaryOperator<LoggingOptions.Builder> options, String... said) {
    assertThatThrownBy(() -> options.apply(LoggingOptions.builder()).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(said);
  }

  @Nested
  class Bad_values_in_code_are_errors_that_name_value_and_form {

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void rates(double rate) {
      refused(options -> options.samplingRate(rate), "samplingRate", "" + rate, "0 to 1");
    }

    @Test
    void levels() {
      refused(options -> options.bufferLevel("LOUD"), "bufferLevel", "LOUD", "DEBUG");
      refused(options -> options.sampledLevel("LOUD"), "sampledLevel", "LOUD", "DEBUG");
      refused(options -> options.sampledLevel(""), "sampledLevel");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -20_480})
    void sizes(int bytes) {
      refused(options -> options.maxBufferBytes(bytes), "maxBufferBytes", "" + bytes, "1 or more");
      refused(options -> options.maxBytes(bytes - 1), "maxBytes", "" + (bytes - 1), "0 or more");
      refused(options -> options.maxPayloadBytes(bytes), "maxPayloadBytes", "32 or more");
    }

    @Test
    void durations() {
      refused(options -> options.slowerThan(Duration.ZERO), "slowerThan", "PT0S");
      refused(options -> options.deadlineMargin(Duration.ofSeconds(-1)), "deadlineMargin", "PT-1S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "", "=acme"})
    void pairs(String pair) {
      refused(options -> options.debugFor(pair), "debugFor", "name=value");
    }

    @Test
    void pointers() {
      refused(options -> options.correlationId("id"), "correlationId");
    }
  }

  @Test
  void a_builder_of_options_has_all_of_them() {
    LoggingOptions options =
        LoggingOptions.builder()
            .samplingRate(0.5)
            .sampledLevel("TRACE")
            .sampledLoggers("com.shop")
            .bufferLevel("DEBUG")
            .maxBufferBytes(7)
            .slowerThan(Duration.ofSeconds(2))
            .debugFor("a=b")
            .countBytes()
            .maxBytes(9)
            .collapseRepeats()
            .deadlineMargin(Duration.ofSeconds(1))
            .build()
            .toBuilder()
            .build();

    assertThat(options)
        .returns(0.5, LoggingOptions::samplingRate)
        .returns("TRACE", LoggingOptions::sampledLevel)
        .returns(List.of("com.shop"), LoggingOptions::sampledLoggers)
        .returns(7, LoggingOptions::maxBufferBytes)
        .returns(List.of("a=b"), LoggingOptions::debugFor)
        .returns(true, LoggingOptions::isCountBytes)
        .returns(9, LoggingOptions::maxBytes)
        .returns(true, LoggingOptions::isCollapseRepeats);
    assertThat(options.bufferLevel()).contains("DEBUG");
    assertThat(options.slowerThan()).contains(Duration.ofSeconds(2));
    assertThat(options.deadlineMargin()).contains(Duration.ofSeconds(1));
  }

  @Test
  void options_do_not_change_with_their_builder() {
    LoggingOptions.Builder builder = LoggingOptions.builder();
    LoggingOptions options = builder.build();
    builder.samplingRate(1).build();
    assertThat(options.samplingRate()).isZero();
  }

  @Nested
  class The_environment {

    private final DetailedUnits units = new DetailedUnits();

    private LoggingOptions over(LoggingOptions options) {
      return LoggingVariables.over(options, units.runtime());
    }

    @Test
    void stands_over_what_the_code_says() {
      units
          .environment("POWERTOOLS_LOGGER_LOG_EVENT", "true")
          .environment("POWERTOOLS_LOGGER_SAMPLE_RATE", "0")
          .environment("POWERTOOLS_LOGGER_BUFFER_LEVEL", "debug")
          .environment("POWERTOOLS_LOGGER_BUFFER_MAX_BYTES", "1000")
          .environment("POWERTOOLS_LOGGER_SLOWER_THAN", "2s")
          .environment("POWERTOOLS_LOGGER_DEBUG_FOR", "tenant_id=acme, correlation_id=4711")
          .environment("POWERTOOLS_LOGGER_COUNT_BYTES", "true")
          .environment("POWERTOOLS_LOGGER_MAX_BYTES", "5000")
          .environment("POWERTOOLS_LOGGER_COLLAPSE_REPEATS", "true")
          .environment("POWERTOOLS_LOGGER_DEADLINE_MARGIN", "500ms");

      LoggingOptions options = over(LoggingOptions.builder().samplingRate(0.5).build());

      assertThat(options)
          .returns(true, LoggingOptions::isLogEvent)
          .returns(0.0, LoggingOptions::samplingRate)
          .returns(1000, LoggingOptions::maxBufferBytes)
          .returns(List.of("tenant_id=acme", "correlation_id=4711"), LoggingOptions::debugFor)
          .returns(true, LoggingOptions::isCountBytes)
          .returns(5000, LoggingOptions::maxBytes)
          .returns(true, LoggingOptions::isCollapseRepeats);
      assertThat(options.bufferLevel()).contains("debug");
      assertThat(options.slowerThan()).contains(Duration.ofSeconds(2));
      assertThat(options.deadlineMargin()).contains(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @CsvSource({
      "LOG_EVENT,yes",
      "LOG_RESPONSE,yes",
      "LOG_ERROR,yes",
      "SAMPLE_RATE,1.5",
      "SAMPLE_RATE,-1",
      "SAMPLE_RATE,NaN",
      "SAMPLE_RATE,often",
      "BUFFER_LEVEL,LOUD",
      "BUFFER_MAX_BYTES,0",
      "BUFFER_MAX_BYTES,-5",
      "BUFFER_MAX_BYTES,20 kB",
      "SLOWER_THAN,soon",
      "DEBUG_FOR,acme",
      "DEBUG_FOR,'tenant_id=acme,'",
      "COUNT_BYTES,1",
      "MAX_BYTES,-1",
      "COLLAPSE_REPEATS,on",
      "DEADLINE_MARGIN,0s"
    })
    void counts_as_not_set_where_its_value_is_bad(String variable, String value) {
      units.environment("POWERTOOLS_LOGGER_" + variable, value);
      assertThat(LoggingInterceptor.isAnySet(units.runtime().config())).isTrue();
      assertThat(over(LoggingOptions.defaults()).isPlain()).isTrue();
      assertThat(over(LoggingOptions.defaults()).isLogAny()).isFalse();
    }

    @Test
    void is_warned_of_once_where_its_value_is_bad() {
      SinkCapture.install();
      List<String> said = new ArrayList<>();
      LogSink sink = (line, unit) -> said.add(new String(line, StandardCharsets.UTF_8));
      units
          .environment("POWERTOOLS_LOG_LEVEL", "INFO")
          .environment("POWERTOOLS_LOGGER_SAMPLE_RATE", "often")
          .with(runtime -> runtime.part(LogSink.class, sink));
      FunctionRuntime runtime = units.runtime();
      try (Scope.Attached ignored = Scope.of(runtime).attach()) {
        LoggingVariables.over(LoggingOptions.defaults(), runtime);
        LoggingVariables.over(LoggingOptions.defaults(), runtime);
      }
      assertThat(said).hasSize(1);
      assertThat(said.get(0)).contains("POWERTOOLS_LOGGER_SAMPLE_RATE", "often", "0 to 1", "WARN");
    }

    @Test
    void has_its_say_in_plain_code_too() {
      units.environment("POWERTOOLS_LOGGER_SAMPLE_RATE", "1");
      units.run(options -> options, () -> units.log.logger().debug("detail"));
      assertThat(units.messages()).containsExactly("detail");
    }
  }
}
