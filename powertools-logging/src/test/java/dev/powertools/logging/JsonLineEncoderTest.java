// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class JsonLineEncoderTest {

  private static final String XML =
      "<configuration><appender name='memory' class='"
          + JsonLineEncoderTest.class.getName()
          + "$Memory'><encoder class='dev.powertools.logging.JsonLineEncoder'>"
          + "<withThread>true</withThread><rootCauseFirst>true</rootCauseFirst>"
          + "<maxFrames>1</maxFrames></encoder></appender>"
          + "<root level='INFO'><appender-ref ref='memory'/></root></configuration>";

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
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new ByteArrayInputStream(XML.getBytes(StandardCharsets.UTF_8)));

    TestFunction.run(
        TestFunction.invocation("r-1"),
        () ->
            context
                .getLogger("test")
                .error("x {}", 1, new IllegalStateException("outer", new Error("root"))));

    Memory memory = (Memory) context.getLogger("ROOT").getAppender("memory");
    JsonNode line = TestLog.parse(memory.bytes.toByteArray());
    assertThat(line.get("message").textValue()).isEqualTo("x 1");
    assertThat(line.get("function_request_id").textValue()).isEqualTo("r-1");
    assertThat(line.get("thread").textValue()).isEqualTo(Thread.currentThread().getName());
    assertThat(line.get("error").get("stack").textValue())
        .startsWith("java.lang.Error: root\n")
        .contains("frames omitted");
  }

  @Test
  void is_silent_before_it_is_started() {
    assertThat(new JsonLineEncoder().encode(new ch.qos.logback.classic.spi.LoggingEvent()))
        .isEmpty();
  }
}
