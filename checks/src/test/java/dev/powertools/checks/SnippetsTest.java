// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every block of code on every page is a region of code that the build compiles and tests. */
class SnippetsTest {

  /** The pages of the project. */
  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .map(Path::normalize)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shows_code_that_is_compiled(Path page) {
    for (Snippet snippet : Snippet.on(page)) {
      assertThat(snippet.source()).as("the line before %s names its code", snippet).isNotEmpty();
      assertThat(snippet.text()).as("%s", snippet).isEqualTo(snippet.code());
    }
  }
}
