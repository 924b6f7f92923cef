// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./demo} runs. */
class OrderServiceDemoTest {

  @Test
  void every_message_is_accounted_for(@TempDir Path folder) throws Exception {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Path.of("target/classes").toAbsolutePath());
    String jars = Files.readString(Path.of("target/function.classpath")).strip();
    for (String jar : jars.split(File.pathSeparator, -1)) {
      classPath.add(Path.of(jar));
    }

    Account account = new OrderServiceDemo(folder, classPath).run();

    assertThat(account.balanced()).as(account.summary()).isTrue();
    assertThat(account.summary())
        .isEqualTo("48 sent, 48 accounted for: 30 processed, 8 replayed, 10 dead-lettered");
  }
}
