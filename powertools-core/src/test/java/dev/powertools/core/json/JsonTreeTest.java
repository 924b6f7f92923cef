// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static dev.powertools.core.json.JsonTree.Duplicates.MARK;
import static dev.powertools.core.json.JsonTree.Duplicates.REFUSE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTreeTest {
  @Test
  void loses_no_digit() {
    Object tree = JsonTree.read("[1, 9223372036854775808, 1.10, null, true, \"x\"]", REFUSE);
    assertThat(tree)
        .isEqualTo(
            Arrays.asList(
                1L, BigInteger.ONE.shiftLeft(63), new BigDecimal("1.10"), null, true, "x"));
  }

  @Test
  void keeps_the_order_of_members() {
    assertThat(JsonTree.read("{\"b\":1,\"a\":2}".getBytes(UTF_8), REFUSE))
        .hasToString("{b=1, a=2}");
  }

  @Test
  void marks_or_refuses_duplicate_keys() {
    byte[] json = "{\"a\":1,\"a\":null,\"a\":3,\"b\":4}".getBytes(UTF_8);
    assertThat(JsonTree.read(json, MARK)).isEqualTo(Map.of("a", JsonTree.AMBIGUOUS, "b", 4L));
    assertThat(JsonTree.AMBIGUOUS.toString()).contains("more than once");
    assertThatExceptionOfType(InvalidJsonException.class)
        .isThrownBy(() -> JsonTree.read(json, REFUSE));
  }

  @Test
  void reads_part_of_an_array() {
    assertThat(JsonTree.read("xx[1]yy".getBytes(UTF_8), 2, 3, REFUSE)).isEqualTo(List.of(1L));
  }
}
