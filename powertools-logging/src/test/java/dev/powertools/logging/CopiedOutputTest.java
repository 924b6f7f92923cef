// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopiedOutputTest {

  @ParameterizedTest
  @CsvSource({"4, hello", "3, hell", "2147483647, hello!"})
  void keeps_the_beginning_up_to_one_byte_over_the_limit(int limit, String kept)
      throws IOException {
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    try (CopiedOutput copied = new CopiedOutput(passed, limit)) {
      copied.write("hello".getBytes(UTF_8));
      copied.write('!');

      assertThat(new String(copied.bytes(), UTF_8)).isEqualTo(kept);
    }
    assertThat(passed.toString(UTF_8)).isEqualTo("hello!");
  }
}
