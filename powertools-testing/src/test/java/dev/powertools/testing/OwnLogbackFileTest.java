// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A project with a Logback file of its own, which does not know the toolkit's appender. */
class OwnLogbackFileTest {

  private static final String TEST =
      """
      package com.acme;
      import com.amazonaws.services.lambda.runtime.*;
      import dev.powertools.testing.*;
      import java.util.List;
      import org.junit.jupiter.api.*;
      import org.slf4j.LoggerFactory;
      @FunctionTest public class OrdersTest {
        public static class Orders implements RequestHandler<String, String> {
          public String handleRequest(String event, Context context) {
            LoggerFactory.getLogger("com.acme.Orders").info("took {}", event);
            LoggerFactory.getLogger("com.acme.Deaf").info("not for the root");
            return event;
          }
        }
        @Test void sees_each_line_once(Functions functions, FunctionLogs logs) {
          LoggerFactory.getLogger("com.acme.Test").info("of no function");
          functions.function(Orders.class).invoke("o-1");
          try (Functions others = Functions.start()) {
            others.function(Orders.class).invoke("o-2");
            Assertions.assertEquals(List.of("took o-2"), others.logs().messages());
          }
          functions.function(Orders.class).invoke("o-3");
          Assertions.assertEquals(List.of("took o-1", "took o-3"), logs.messages());
        }
      }
      """;

  private static final String FILE =
      """
      <configuration>
        <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
          <encoder%s
        </appender>
        <logger name="com.acme.Deaf" additivity="false"/>
        <root level="INFO"><appender-ref ref="console"/></root>
      </configuration>
      """;

  @TempDir private Path project;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "><pattern>own: %msg%n</pattern></encoder>",
        " class=\"dev.powertools.logging.JsonLineEncoder\"/>"
      })
  void its_tests_see_each_line_once_and_its_own_appender_goes_on(String encoder) throws Exception {
    Files.writeString(project.resolve("logback-test.xml"), FILE.formatted(encoder));
    compile();

    String output = run();

    assertThat(output).startsWith("exit 0").contains("passed 1");
    assertThat(output.lines().filter(line -> line.contains("took o-1"))).hasSize(1);
    assertThat(output.lines().filter(line -> line.contains("of no function"))).hasSize(1);
  }

  private void compile() throws IOException {
    Path file = Files.writeString(project.resolve("OrdersTest.java"), TEST);
    String[] arguments = {
      "-cp", System.getProperty("java.class.path"), "-d", project + "", file.toString()
    };
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
  }

  private String run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                project + File.pathSeparator + System.getProperty("java.class.path"),
                "dev.powertools.testing.IdeRun",
                "com.acme.OrdersTest")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "exit " + process.waitFor() + "\n" + output;
  }
}
