// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that has the harness, and not powertools-idempotency. */
class WithoutIdempotencyTest {

  private static final String TEST =
      """
      package com.acme;
      import com.amazonaws.services.lambda.runtime.*;
      import dev.powertools.testing.*;
      import org.junit.jupiter.api.*;
      @FunctionTest public class OrdersTest {
        public static class Orders implements RequestHandler<String, String> {
          public String handleRequest(String event, Context context) { return event; }
        }
        @Test void charges(Functions functions, FunctionLogs logs, TestClock clock) {
          Assertions.assertEquals(2, functions.deliver("o").to(Orders.class).times(2).size());
          Assertions.assertEquals(
              2, functions.everyOrder().of("o", "o").to(Orders.class).check(order -> {}));
        }
        @Test void has_no_store(Functions functions) {
          var failure = Assertions.assertThrows(
              IllegalStateException.class, () -> functions.store());
          Assertions.assertTrue(failure.getMessage().contains("powertools-idempotency"));
        }
      }
      """;

  @TempDir private Path project;

  @Test
  void runs_its_tests_all_the_same() throws Exception {
    compile();

    assertThat(run()).startsWith("exit 0").contains("passed 2");
  }

  private void compile() throws IOException {
    Path file = Files.writeString(project.resolve("OrdersTest.java"), TEST);
    String[] arguments = {
      "-cp", System.getProperty("java.class.path"), "-d", project + "", file.toString()
    };
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
  }

  private String run() throws IOException, InterruptedException {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("powertools-idempotency"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                project + File.pathSeparator + classPath,
                "dev.powertools.testing.IdeRun",
                "com.acme.OrdersTest")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "exit " + process.waitFor() + "\n" + output;
  }
}
