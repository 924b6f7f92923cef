// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch loads while nothing fails: cold start is paid in classes. */
class LoadedClassesTest {

  @Test
  void neither_the_sdk_nor_databind_nor_a_log_nor_event_classes() throws Exception {
    List<String> lines = run(HappyPath.class);

    assertThat(lines).contains("response {\"batchItemFailures\":[]}");
    assertThat(lines).anyMatch(line -> line.contains("dev.powertools.batch.BatchRun "));
    for (String unwanted :
        List.of(
            "software.amazon.awssdk",
            "com.fasterxml.jackson.databind",
            "com.amazonaws.services.lambda.runtime.events",
            "org.slf4j.LoggerFactory",
            "ch.qos.logback",
            "dev.powertools.batch.SqsDeadLetterQueue",
            "dev.powertools.batch.SourceQueues",
            "dev.powertools.batch.Redeliveries",
            "dev.powertools.retry",
            "io.github.resilience4j")) {
      assertThat(lines).noneMatch(line -> line.contains(unwanted));
    }
  }

  @Test
  void nothing_of_resilience4j_before_a_first_attempt_fails() throws Exception {
    assertThat(run(RetriedHappyPath.class))
        .contains("response {\"batchItemFailures\":[]}")
        .anyMatch(line -> line.contains("dev.powertools.retry.RetryInterceptor "))
        .noneMatch(line -> line.contains("io.github.resilience4j"))
        .noneMatch(line -> line.contains("dev.powertools.retry.RetryPolicy"));
    assertThat(run(RetriedHappyPath.class, "failing"))
        .contains("response {\"batchItemFailures\":[]}")
        .anyMatch(line -> line.contains("io.github.resilience4j.retry.Retry "));
  }

  private static List<String> run(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder = new ProcessBuilder(java);
    builder
        .command()
        .addAll(
            List.of(
                "-Xlog:class+load:stdout",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectErrorStream(true).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }
}
