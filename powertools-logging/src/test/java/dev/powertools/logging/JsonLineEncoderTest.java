// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class JsonLineEncoderTest {

  private static String xml(String options) {
    return "<configuration><appender name='memory' class='"
        + JsonLineEncoderTest.class.getName()
        + "$Memory'><encoder class='dev.powertools.logging.JsonLineEncoder'>"
        + options
        + "</encoder></appender>"
        + "<root level='INFO'><appender-ref ref='memory'/></root></configuration>";
  }

  private static LoggerContext configured(String options) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        new ByteArrayInputStream(xml(options).getBytes(StandardCharsets.UTF_8)));
    return context;
  }

  private static JsonNode line(LoggerContext context) {
    Memory memory = (Memory) context.getLogger("ROOT").getAppender("memory");
    return TestLog.parse(memory.bytes.toByteArray());
  }

  /** An appender that a configuration file can name. */
  public static final class Memory extends OutputStreamAppender<ILoggingEvent> {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void start() {
      setOutputStream(bytes);
      super.start();
    }
  }

  @Test
  void writes_the_same_lines_from_a_configuration_file() throws JoranException {
    LoggerContext context =
        configured(
            "<withThread>true</withThread><rootCauseFirst>true</rootCauseFirst>"
                + "<maxFrames>1</maxFrames>");

    TestFunction.run(
        TestFunction.invocation("r-1"),
        () ->
            context
                .getLogger("test")
                .error("x {}", 1, new IllegalStateException("outer", new Error("root"))));

    JsonNode line = line(context);
    assertThat(line.get("message").textValue()).isEqualTo("x 1");
    assertThat(line.get("function_request_id").textValue()).isEqualTo("r-1");
    assertThat(line.get("thread").textValue()).isEqualTo(Thread.currentThread().getName());
    assertThat(line.get("error").get("stack").textValue())
        .startsWith("java.lang.Error: root\n")
        .contains("frames omitted");
  }

  @Test
  void takes_names_and_fields_from_a_configuration_file() throws JoranException {
    LoggerContext context =
        configured(
            "<ecs>true</ecs><rename>message=msg</rename><remove>logger</remove>"
                + "<staticField>stage=prod</staticField><staticField>region = eu</staticField>"
                + "<withLocation>true</withLocation>");

    context.getLogger("test").info("x");

    JsonNode line = line(context);
    assertThat(line.get("msg").textValue()).isEqualTo("x");
    assertThat(line.get("stage").textValue()).isEqualTo("prod");
    assertThat(line.get("region").textValue()).isEqualTo("eu");
    assertThat(line.get("log.origin.file.name").textValue()).isEqualTo("JsonLineEncoderTest.java");
    assertThat(TestLog.names(line)).contains("@timestamp").doesNotContain("log.logger", "message");
  }

  @Test
  void takes_the_defaults_and_says_so_where_options_contradict_each_other() throws JoranException {
    LoggerContext context = configured("<rename>message=level</rename>");

    context.getLogger("test").info("x");

    assertThat(line(context).get("message").textValue()).isEqualTo("x");
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .anyMatch(
            status ->
                status.getLevel() == Status.ERROR
                    && status.getMessage().contains("both")
                    && status.getMessage().contains("\"level\""));
  }

  @Test
  void is_silent_before_it_is_started() {
    assertThat(new JsonLineEncoder().encode(new ch.qos.logback.classic.spi.LoggingEvent()))
        .isEmpty();
  }
}
