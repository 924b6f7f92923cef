// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a function with limits loads before it limits anything. */
class LoadedClassesTest {

  private static final String RESILIENCE4J = "io.github.resilience4j";

  @Test
  void nothing_of_resilience4j_before_the_first_limited_call() throws Exception {
    List<String> lines = run();
    int linked = lines.indexOf(LimitedStart.LINKED);
    int called = lines.indexOf(LimitedStart.CALLED);

    assertThat(linked).isPositive();
    assertThat(lines.subList(0, linked))
        .anyMatch(line -> line.contains("dev.powertools.tenancy.limit.RateLimits "))
        .anyMatch(line -> line.contains("dev.powertools.tenancy.limit.Bulkheads "))
        .noneMatch(line -> line.contains(RESILIENCE4J));
    assertThat(lines.subList(linked, called)).anyMatch(line -> line.contains(RESILIENCE4J));
  }

  private static List<String> run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                LimitedStart.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
    return lines;
  }
}
