// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialBatchResponseTest {

  private static String write(List<SqsMessage> failed) {
    return new String(PartialBatchResponse.write(failed), StandardCharsets.UTF_8);
  }

  @Test
  void nothing_failed_is_an_empty_list_and_never_null() {
    assertThat(write(List.of())).isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void names_the_failed_ones_in_order_with_the_platforms_exact_keys() {
    assertThat(write(List.of(Fixtures.message("b"), Fixtures.message("a\"\u0001"))))
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"},"
                + "{\"itemIdentifier\":\"a\\\"\\u0001\"}]}");
  }
}
