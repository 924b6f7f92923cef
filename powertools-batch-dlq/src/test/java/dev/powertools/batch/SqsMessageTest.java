// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqsMessageTest {

  private static String from(String arn) {
    return "{\"v\":1,\"srcArn\":\"" + arn + "\"}";
  }

  private static SqsMessage message(String arn, @Nullable String failure) {
    Map<String, MessageAttribute> attributes = new HashMap<>();
    attributes.put("pt.origin", MessageAttribute.of("String", "first"));
    if (failure != null) {
      attributes.put("pt.failure", MessageAttribute.of("String", failure));
    }
    return Fixtures.sqs("m0", "body", arn, Map.of(), attributes);
  }

  @Test
  void has_the_origin_that_its_dead_letter_from_this_queue_names() {
    SqsMessage message = message(Fixtures.STANDARD, from(Fixtures.STANDARD));

    assertThat(message.originId()).isEqualTo("first");
    assertThat(message.workId()).isEqualTo("first");
  }

  @Test
  void is_its_own_origin_if_it_was_no_dead_letter() {
    assertThat(message(Fixtures.STANDARD, null).originId()).isEqualTo("m0");
    assertThat(message(Fixtures.STANDARD, null).workId()).isEqualTo("m0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{", "[]", "{}", "{\"srcArn\":null}", "{\"srcArn\":{}}"})
  void is_its_own_origin_if_its_failure_cannot_be_read(String failure) {
    assertThat(message(Fixtures.STANDARD, failure).originId()).isEqualTo("m0");
  }

  @Test
  void is_its_own_origin_if_another_queue_or_none_is_named() {
    assertThat(message(Fixtures.STANDARD, from(Fixtures.FIFO)).originId()).isEqualTo("m0");
    assertThat(message("", from("")).originId()).isEqualTo("m0");
  }
}
