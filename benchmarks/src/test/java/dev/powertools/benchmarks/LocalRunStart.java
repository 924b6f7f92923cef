// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import dev.powertools.local.run.Run;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * What a local run lets one wait for: whole processes, medians. The first argument is the number of
 * rounds.
 */
public final class LocalRunStart {
  /** Nobody saves a change sooner after the start. */
  private static final long EDITING_MILLIS = 3_000;

  private final Path project;

  private LocalRunStart(Path project) {
    this.project = project;
  }

  /** Measures and prints. */
  public static void main(String... arguments) throws Exception {
    int rounds = arguments.length == 0 ? 7 : Integer.parseInt(arguments[0]);
    long[][] measured = new long[3][rounds];
    for (int round = 0; round < rounds; round++) {
      long[] one = new LocalRunStart(Files.createTempDirectory("local-run-start")).measure();
      for (int i = 0; i < one.length; i++) {
        measured[i][round] = one[i];
      }
    }
    List<String> names =
        List.of(
            "process start to listening, handler initialised, ms",
            "first request, ms",
            "source saved to its response, ms");
    for (int i = 0; i < measured.length; i++) {
      Arrays.sort(measured[i]);
      System.out.printf(
          "%-55s median %4d  (%d to %d)%n",
          names.get(i), measured[i][rounds / 2], measured[i][0], measured[i][rounds - 1]);
    }
  }

  private long[] measure() throws Exception {
    Path source = write("one");
    Path output = Files.createDirectories(project.resolve("target/classes"));
    String classPath = System.getProperty("java.class.path");
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-cp", classPath, "-d", output.toString(), source.toString());
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                output + File.pathSeparator + classPath,
                Run.class.getName(),
                "com.acme.Greeter",
                "--port",
                "0",
                "--watch")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      int port = port(lines);
      long listening = millisSince(start);
      long first = timed(port, "one");
      timed(port, "one");
      Thread.sleep(EDITING_MILLIS);
      write("two");
      return new long[] {listening, first, timed(port, "two")};
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static int port(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(" listens on ")) {
        return Integer.parseInt(line.replaceAll(".*:(\\d+).*", "$1"));
      }
    }
    throw new IOException("it never listened");
  }

  private static long timed(int port, String expected) throws IOException {
    long start = System.nanoTime();
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
    try (InputStream in = connection.getInputStream()) {
      String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!body.equals(expected)) {
        throw new IOException("'" + body + "' and not '" + expected + "'");
      }
    }
    return millisSince(start);
  }

  private Path write(String answer) throws IOException {
    Path source = project.resolve("src/main/java/com/acme/Greeter.java");
    Files.createDirectories(source.getParent());
    return Files.writeString(
        source,
        """
        package com.acme;

        import com.amazonaws.services.lambda.runtime.Context;
        import com.amazonaws.services.lambda.runtime.RequestHandler;
        import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

        public class Greeter implements RequestHandler<APIGatewayV2HTTPEvent, String> {
          public String handleRequest(APIGatewayV2HTTPEvent event, Context context) {
            return "%s";
          }
        }
        """
            .formatted(answer));
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
