// SPDX-License-Identifier: Apache-2.0
package dev.powertools.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.PowertoolsException;
import dev.powertools.local.run.LocalRun;
import dev.powertools.local.run.RunningFunction;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local run weaves what no build has woven, if the build is one that weaves. */
class LocalRunWeavingTest {

  @TempDir Path project;

  @BeforeEach
  void an_annotated_handler_that_an_ide_compiled() throws IOException {
    Path source = write(greeter("hello"));
    Files.createDirectories(output());
    List<String> command =
        List.of(
            "-cp", System.getProperty("java.class.path"), "-d", output().toString(), "" + source);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, command.toArray(new String[0])))
        .isZero();
  }

  private Path output() {
    return project.resolve("target/classes");
  }

  private Path write(String greeter) throws IOException {
    Path source = project.resolve("src/main/java/com/acme/Greeter.java");
    Files.createDirectories(source.getParent());
    return Files.writeString(source, greeter);
  }

  private static String greeter(String hello) {
    return """
        package com.acme;

        import com.amazonaws.services.lambda.runtime.Context;
        import com.amazonaws.services.lambda.runtime.RequestHandler;
        import dev.powertools.core.FunctionRuntime;
        import dev.powertools.core.PowertoolsConfig;
        import dev.powertools.core.RuntimeProvider;
        import dev.powertools.idempotency.Idempotent;
        import dev.powertools.idempotency.MemoryStore;
        import dev.powertools.idempotency.spi.IdempotencyStore;
        import java.util.Map;

        @PowertoolsConfig(Greeter.Runtime.class)
        public class Greeter implements RequestHandler<Map<String, Object>, String> {
          private int greeted;

          public String handleRequest(Map<String, Object> event, Context context) {
            return greet(event);
          }

          @Idempotent(name = "greet", key = "/rawPath")
          private String greet(Map<String, Object> event) {
            return "%s " + event.get("rawPath") + " " + ++greeted;
          }

          public static class Runtime implements RuntimeProvider {
            public FunctionRuntime runtime() {
              return FunctionRuntime.builder()
                  .part(IdempotencyStore.class, new MemoryStore())
                  .build();
            }
          }
        }
        """
        .formatted(hello);
  }

  private LocalRun run() {
    List<Path> classPath = new ArrayList<>(List.of(output()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      classPath.add(Path.of(entry));
    }
    return LocalRun.of("com.acme.Greeter").http(0).watch().classPath(classPath);
  }

  private static String get(RunningFunction running, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(running.uri().resolve(path)).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void annotations_apply_and_still_do_after_a_change() throws Exception {
    Files.writeString(project.resolve("pom.xml"), "<artifactId>powertools-weaver</artifactId>");

    try (RunningFunction running = run().start()) {
      assertThat(get(running, "/a")).isEqualTo("hello /a 1");
      assertThat(get(running, "/a")).as("replayed").isEqualTo("hello /a 1");

      write(greeter("good morning"));

      assertThat(get(running, "/b")).isEqualTo("good morning /b 1");
      assertThat(get(running, "/b")).as("replayed").isEqualTo("good morning /b 1");
    }
  }

  @Test
  void a_build_that_does_not_weave_makes_it_an_error_that_names_the_lines_to_add() {
    assertThatThrownBy(() -> run().start())
        .isInstanceOf(PowertoolsException.class)
        .hasMessageContaining("com.acme.Greeter.greet @Idempotent")
        .hasMessageContaining("byte-buddy-maven-plugin");
  }
}
