// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.config.Config;
import dev.powertools.core.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file with the lines that a function is to log.
 *
 * @param path where it is
 * @param update whether it is written instead of read
 */
record GoldenFile(Path path, boolean update) {

  private static final String HOW = "-Dgolden.update=true";

  /** A file of the project whose tests run. */
  static GoldenFile named(String name) {
    if (!name.matches("[\\w][\\w.-]*")) {
      throw new IllegalArgumentException(
          "A golden file is a plain name such as orders.jsonl, and not \"" + name + "\"");
    }
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Path project =
        OutputFolder.on(loader == null ? GoldenFile.class.getClassLoader() : loader).stream()
            .findFirst()
            .flatMap(OutputFolder::project)
            .orElseGet(() -> Path.of("").toAbsolutePath());
    Config config = Config.environment();
    String update =
        config
            .systemProperty("golden.update")
            .or(() -> config.variable("GOLDEN_UPDATE"))
            .orElse("");
    return new GoldenFile(
        project.resolve("src/test/resources/golden").resolve(name), update.equals("true"));
  }

  void match(List<Map<String, Object>> lines) {
    List<String> actual = lines.stream().map(GoldenFile::json).toList();
    if (update) {
      write(actual);
    } else {
      compare(actual);
    }
  }

  private static String json(Map<String, Object> line) {
    JsonWriter json = new JsonWriter();
    json.value(line);
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }

  private void write(List<String> actual) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.write(path, actual);
    } catch (IOException e) {
      throw new UncheckedIOException("The golden file " + path + " can't be written", e);
    }
  }

  private void compare(List<String> actual) {
    if (!Files.exists(path)) {
      throw new AssertionError(
          "There is no golden file "
              + path
              + ". If these lines are right, run the test once with "
              + HOW
              + " and commit the file:\n"
              + String.join("\n", actual));
    }
    List<String> difference = LineDifference.between(read(), parsed(actual));
    if (!difference.isEmpty()) {
      throw new AssertionError(
          "What was logged is not what is in "
              + path
              + " (- expected, + logged):\n"
              + String.join("\n", difference)
              + "\nIf the new lines are right, run the test once with "
              + HOW
              + ".");
    }
  }

  private List<LogLine> read() {
    List<LogLine> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(path)) {
        if (!line.isBlank()) {
          lines.add(LogLine.parse(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The golden file " + path + " can't be read", e);
    } catch (AssertionError e) {
      throw new AssertionError("The golden file " + path + ": " + e.getMessage(), e);
    }
    return lines;
  }

  /** Read as the file is, so that a number is the same number in both. */
  private static List<LogLine> parsed(List<String> lines) {
    return lines.stream().map(LogLine::parse).toList();
  }
}
