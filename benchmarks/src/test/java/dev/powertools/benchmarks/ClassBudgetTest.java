// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each class loaded at start is time that the user pays for: the written budget holds them. */
class ClassBudgetTest {

  private final Properties budget = new Properties();
  @TempDir private Path folder;

  ClassBudgetTest() throws IOException {
    try (Reader reader = Files.newBufferedReader(Path.of("class-budget.properties"))) {
      budget.load(reader);
    }
  }

  @Test
  void logging_on_a_request_handler_keeps_to_its_budget() throws IOException {
    holds("logged", LoadedClasses.of(Contender.LOGGED, folder));
  }

  @Test
  void a_typed_batch_with_logging_keeps_to_its_budget() throws IOException {
    LoadedClasses loaded = LoadedClasses.of(Contender.BATCH, folder);

    holds("batch", loaded);
    assertThat(loaded.of("software.amazon.awssdk")).as("AWS SDK while nothing fails").isZero();
  }

  @Test
  void tracing_without_an_sdk_loads_nothing_of_opentelemetry() throws IOException {
    LoadedClasses loaded = LoadedClasses.of(Contender.TRACED, folder);

    holds("traced", loaded);
    assertThat(loaded.of("io.opentelemetry")).as("%s", loaded).isZero();
  }

  private void holds(String function, LoadedClasses loaded) {
    int checked = 0;
    for (String key : budget.stringPropertyNames()) {
      if (key.startsWith(function + ".")) {
        String library = key.substring(function.length() + 1);
        int most = Integer.parseInt(budget.getProperty(key));
        assertThat(loaded.of(library))
            .as("classes of %s loaded by %s: %s", library, function, loaded)
            .isLessThanOrEqualTo(most);
        checked++;
      }
    }
    assertThat(checked).as("budget lines for %s; loaded: %s", function, loaded).isPositive();
  }
}
