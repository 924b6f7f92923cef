// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@link Run} as a user starts it: a process of its own with the project's class path. */
final class RunProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;

  private RunProcess(Process process) {
    this.process = process;
    Thread pump = new Thread(this::pump, "run-output");
    pump.setDaemon(true);
    pump.start();
  }

  static RunProcess start(UserProject project, String... arguments) {
    String classPath =
        project.output() + File.pathSeparator + System.getProperty("java.class.path");
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classPath,
                    Run.class.getName()),
                Stream.of(arguments))
            .toList();
    try {
      return new RunProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it listens. */
  RunProcess listening() throws Exception {
    String line = line(text -> text.contains(" listens on "));
    port = Integer.parseInt(line.replaceAll(".*:(\\d+).*", "$1"));
    return this;
  }

  /** Waits for a line. */
  String line(Predicate<String> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new AssertionError("No such line, but:\n" + String.join("\n", seen));
      }
      seen.add(line);
      if (wanted.test(line)) {
        return line;
      }
    }
  }

  String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build()).body();
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  /** Waits for the end, and returns all that it wrote. */
  String end() throws InterruptedException {
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    line("(end)"::equals);
    return String.join("\n", seen);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private void pump() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException ended) {
      // Closed by the test.
    }
    lines.add("(end)");
  }
}
