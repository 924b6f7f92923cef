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
    List<String> lines = run("-Xlog:class+load:stdout");

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
            "dev.powertools.batch.Redeliveries")) {
      assertThat(lines).noneMatch(line -> line.contains(unwanted));
    }
  }

  private static List<String> run(String... options) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder = new ProcessBuilder(java);
    builder.command().addAll(List.of(options));
    builder
        .command()
        .addAll(
            List.of(
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                HappyPath.class.getName()));
    Process process = builder.redirectErrorStream(true).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }
}
