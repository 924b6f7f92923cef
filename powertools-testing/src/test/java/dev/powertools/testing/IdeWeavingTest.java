// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project as an IDE leaves it: compiled, and not woven. */
class IdeWeavingTest {

  private static final String HANDLER =
      """
      package com.acme;
      import com.amazonaws.services.lambda.runtime.*;
      import dev.powertools.logging.*;
      public class Orders implements RequestHandler<String, String> {
        public String handleRequest(String event, Context context) { return charge(event); }
        @Logging private String charge(String event) {
          Logs.put("order", event);
          org.slf4j.LoggerFactory.getLogger(Orders.class).info("charged");
          return getClass().getInterfaces().length + event;
        }
      }
      """;

  private static final String TEST =
      """
      package com.acme;
      import dev.powertools.testing.*;
      import org.junit.jupiter.api.*;
      @FunctionTest class OrdersTest {
        @Test void charges(Functions functions) {
          Assertions.assertEquals("\\"2o\\"", functions.function(Orders.class).invokeJson("\\"o\\"").text());
        }
      }
      """;

  @TempDir private Path project;

  @BeforeEach
  void compile() throws IOException {
    compile("Orders", HANDLER, "classes");
    compile("OrdersTest", TEST, "test-classes");
  }

  private void compile(String name, String source, String folder) throws IOException {
    Path file = Files.createDirectories(project.resolve("src")).resolve(name + ".java");
    Files.writeString(file, source);
    Path output = Files.createDirectories(project.resolve("target").resolve(folder));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                String.join(File.pathSeparator, classPath()),
                "-d",
                output.toString(),
                file.toString());
    assertThat(status).isZero();
  }

  private List<String> classPath() {
    return List.of(
        project.resolve("target/test-classes").toString(),
        project.resolve("target/classes").toString(),
        System.getProperty("java.class.path"));
  }

  private String run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, classPath()),
                "dev.powertools.testing.IdeRun",
                "com.acme.OrdersTest")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "exit " + process.waitFor() + "\n" + output;
  }

  @Test
  void is_woven_at_load_if_its_build_file_names_the_weaver() throws Exception {
    Files.writeString(project.resolve("pom.xml"), "<artifactId>powertools-weaver</artifactId>");

    assertThat(run()).startsWith("exit 0").contains("passed 1");
  }

  @Test
  void is_red_if_no_build_file_names_the_weaver() throws Exception {
    Files.writeString(project.resolve("pom.xml"), "<project/>");

    assertThat(run())
        .startsWith("exit 1")
        .contains("com.acme.Orders.charge @Logging")
        .contains("byte-buddy-maven-plugin")
        .contains("passed 0");
  }
}
