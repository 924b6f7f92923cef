// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.core.status.WarnStatus;
import com.fasterxml.jackson.databind.JsonNode;
import dev.powertools.core.UnwovenClassError;
import dev.powertools.core.config.Config;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class PowertoolsConfiguratorTest {

  private static Level root(TestLog log) {
    return log.context().getLogger(Logger.ROOT_LOGGER_NAME).getLevel();
  }

  @Test
  void logback_finds_it_as_a_service() {
    assertThat(ServiceLoader.load(ch.qos.logback.classic.spi.Configurator.class))
        .hasAtLeastOneElementOfType(PowertoolsConfigurator.class);
  }

  @Test
  void it_is_the_last_to_configure() {
    assertThat(new TestLog().status()).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
  }

  @Nested
  class Steps_back {

    @ParameterizedTest
    @ValueSource(strings = {"logback.xml", "logback-test.xml"})
    void before_a_file_on_the_class_path(String file) throws MalformedURLException {
      URL url = new URL("file:///" + file);
      TestLog log = new TestLog(Config.of(Map.of()), new TestLog.Resources(Map.of(file, url)));
      assertThat(log.status()).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
      log.logger().info("x");
      assertThat(log.lines()).isEmpty();
    }

    @Test
    void before_a_file_that_a_system_property_names() {
      TestLog log =
          new TestLog(
              Config.of(Map.of(), Map.of("logback.configurationFile", "mine.xml")),
              new TestLog.Resources(Map.of()));
      assertThat(log.status()).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    }
  }

  @Test
  void a_handler_whose_annotations_would_not_be_applied_does_not_start() {
    Config config =
        Config.of(Map.of("_HANDLER", LoggingLinkTest.Handler.class.getName() + "::plain"));
    assertThatThrownBy(() -> new TestLog(config, getClass().getClassLoader()))
        .isInstanceOf(UnwovenClassError.class)
        .hasMessageContaining("@Logging");
  }

  @Nested
  class The_root_level {

    @ParameterizedTest
    @CsvSource({
      ",,INFO",
      "DEBUG,,DEBUG",
      "debug,,DEBUG",
      "TRACE,,TRACE",
      "WARN,,WARN",
      "WARNING,,WARN",
      "ERROR,,ERROR",
      "FATAL,,ERROR",
      ",DEBUG,DEBUG",
      ",FATAL,ERROR",
      "ERROR,INFO,ERROR",
      "WARN,WARN,WARN"
    })
    void is_the_less_verbose_of_the_functions_and_the_platforms(
        String ours, String platform, String expected) {
      TestLog log = new TestLog(environment(ours, platform));
      assertThat(root(log)).isEqualTo(Level.valueOf(expected));
      assertThat(log.lines()).isEmpty();
    }

    @Test
    void is_the_platforms_if_the_function_asks_for_more_and_a_warning_says_so() {
      TestLog log = new TestLog(environment("DEBUG", "WARN"));
      assertThat(root(log)).isEqualTo(Level.WARN);
      assertThat(log.line().get("message").textValue())
          .contains("POWERTOOLS_LOG_LEVEL", "DEBUG", "AWS_LAMBDA_LOG_LEVEL", "WARN");
    }

    @Test
    void is_info_if_it_is_unknown_and_a_warning_says_so() {
      TestLog log = new TestLog(environment("LOUD", null));
      assertThat(root(log)).isEqualTo(Level.INFO);
      JsonNode line = log.line();
      assertThat(line.get("level").textValue()).isEqualTo("WARN");
      assertThat(line.get("message").textValue()).contains("POWERTOOLS_LOG_LEVEL", "LOUD", "INFO");
    }

    private static Map<String, String> environment(
        @org.jspecify.annotations.Nullable String ours,
        @org.jspecify.annotations.Nullable String platform) {
      Map<String, String> environment = new java.util.HashMap<>();
      if (ours != null) {
        environment.put("POWERTOOLS_LOG_LEVEL", ours);
      }
      if (platform != null) {
        environment.put("AWS_LAMBDA_LOG_LEVEL", platform);
      }
      return environment;
    }
  }

  @Nested
  class Another_slf4j_provider {

    @TempDir private Path directory;

    private TestLog logWith(String providers) throws IOException {
      Path file = Files.writeString(directory.resolve("providers"), providers);
      return new TestLog(
          Config.of(Map.of()),
          new TestLog.Resources(
              Map.of(
                  "META-INF/services/org.slf4j.spi.SLF4JServiceProvider", file.toUri().toURL())));
    }

    @Test
    void is_named_in_a_warning() throws IOException {
      TestLog log =
          logWith(
              """
              # a comment
              ch.qos.logback.classic.spi.LogbackServiceProvider
              org.slf4j.simple.SimpleServiceProvider # another
              """);
      assertThat(log.line().get("message").textValue())
          .contains("org.slf4j.simple.SimpleServiceProvider")
          .doesNotContain("LogbackServiceProvider");
    }

    @Test
    void is_not_warned_of_if_there_is_none() throws IOException {
      TestLog log = logWith("ch.qos.logback.classic.spi.LogbackServiceProvider");
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void what_logback_warns_of_is_a_line() {
    TestLog log = new TestLog();
    log.context().getStatusManager().add(new WarnStatus("beware", this));
    assertThat(log.line().get("message").textValue()).contains("beware");
  }

  @Test
  void what_logback_warned_of_before_is_a_line_too() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(org.slf4j.MDC.getMDCAdapter());
    context.getStatusManager().add(new WarnStatus("beware", this));
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    PowertoolsConfigurator configurator =
        new PowertoolsConfigurator(Config.of(Map.of()), out, new TestLog.Resources(Map.of()));
    configurator.setContext(context);
    assertThat(configurator.configure(context))
        .isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    assertThat(TestLog.parse(out.toByteArray()).get("message").textValue()).contains("beware");
  }

  @Test
  void a_broken_stream_does_not_break_the_function() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(org.slf4j.MDC.getMDCAdapter());
    java.io.OutputStream broken =
        new java.io.OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        };
    PowertoolsConfigurator configurator =
        new PowertoolsConfigurator(Config.of(Map.of()), broken, new TestLog.Resources(Map.of()));
    configurator.setContext(context);
    configurator.configure(context);
    context.getLogger("test").info("x");
    List<String> statuses =
        context.getStatusManager().getCopyOfStatusList().stream()
            .map(status -> status.getMessage())
            .toList();
    assertThat(statuses).contains("A line could not be written");
  }
}
