// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunArgumentsTest {

  @TempDir Path folder;

  private static RunOptions parse(String line) {
    return RunArguments.parse(List.of(line.split(" ", -1))).options();
  }

  @Test
  void what_is_said_reaches_the_sandbox_word_for_word() {
    RunOptions said =
        parse(
            "com.acme.Orders::handle --port=9 --timeout 500ms --memory 256 --concurrency 3"
                + " --queue a.fifo --dlq b.fifo --receives 5 --batch-size 2 --visibility 1m"
                + " --queue c --tenant t --watch");

    RunOptions heard = RunArguments.parse(said.sandboxArguments()).options();

    assertThat(heard.sandboxArguments()).isEqualTo(said.sandboxArguments());
    assertThat(heard.function().timeout()).isEqualTo(Duration.ofMillis(500));
    EventQueue queue = heard.queues().get(0);
    assertThat(queue.deadLetters()).isEqualTo("b.fifo");
    assertThat(queue.maxReceives()).isEqualTo(5);
    assertThat(queue.visibilityFor(Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
    assertThat(heard.queues().get(1).visibilityFor(Duration.ofSeconds(40)))
        .isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void variables_come_from_words_and_files() throws Exception {
    Path file = folder.resolve("env");
    Files.writeString(file, "# all of them\n\nexport A=1\nB=\"two words\"\n");

    assertThat(parse("X --env-file " + file + " --env A=2 --env C=x=y").function().environment())
        .containsEntry("A", "2")
        .containsEntry("B", "two words")
        .containsEntry("C", "x=y");

    Files.writeString(file, "A=1\nnonsense");
    assertThatThrownBy(() -> parse("X --env-file " + file))
        .hasMessageContaining("line 2: expected NAME=VALUE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 1 | Which handler?",
        "X --prot 1 | no option '--prot'",
        "X --port | --port needs a value",
        "X --port eighty | --port is 'eighty': expected a number",
        "X --port 70000 | port is '70000'",
        "X --timeout soon | --timeout is 'soon': expected a duration",
        "X --timeout 20m | timeout is 'PT20M'",
        "X --memory 1 | memoryMegabytes is '1'",
        "X --dlq a | --dlq belongs to a queue",
        "X --queue a --receives 2 | needs --dlq",
        "X --queue a/b | The queue name 'a/b' isn't one of SQS",
        "X --queue a --dlq b.fifo | must be of the same type",
        "X --queue a --batch-size 11 | batch size of 'a' is '11'",
        "X --env-file nowhere | can't be read",
        "X --env NOT_SET_ANYWHERE | that variable isn't set here"
      })
  void what_is_wrong_is_named(String line, String message) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
