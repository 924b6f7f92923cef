// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPointerTest {
  @Nested
  class Parsing {
    @Test
    void takes_names_and_indices_apart() {
      JsonPointer pointer = JsonPointer.of("/a~1b/0/m~0n//01/12");

      assertThat(pointer.size()).isEqualTo(6);
      assertThat(pointer.name(0)).isEqualTo("a/b");
      assertThat(pointer.index(0)).isEqualTo(-1);
      assertThat(pointer.index(1)).isZero();
      assertThat(pointer.name(2)).isEqualTo("m~n");
      assertThat(pointer.name(3)).isEmpty();
      assertThat(pointer.index(4)).as("no leading zeros").isEqualTo(-1);
      assertThat(pointer.index(5)).isEqualTo(12);
    }

    @Test
    void of_nothing_is_the_whole_document() {
      assertThat(JsonPointer.of("")).isSameAs(JsonPointer.root());
      assertThat(JsonPointer.root().size()).isZero();
    }

    @Test
    void takes_a_trailing_slash_as_an_empty_name() {
      assertThat(JsonPointer.of("/").size()).isEqualTo(1);
      assertThat(JsonPointer.of("/a/").name(1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "~0, ~",
      "~1, /",
      "~01, ~1",
      "~10, /0",
      "-, -",
      "1e1, 1e1",
      "9999999999, 9999999999"
    })
    void unescapes(String step, String name) {
      JsonPointer pointer = JsonPointer.of("/" + step);
      assertThat(pointer.name(0)).isEqualTo(name);
      assertThat(pointer.index(0)).isEqualTo(-1);
    }
  }

  @Nested
  class Malformed {
    @Test
    void without_a_slash_says_what_to_write() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JsonPointer.of("body/id"))
          .withMessage(
              "JSON Pointer \"body/id\" is malformed at position 0:"
                  + " a JSON Pointer starts with '/', as in \"/body/id\"");
    }

    @ParameterizedTest
    @CsvSource({"/a~b, 2", "/~, 1", "/x~/1, 2", "/ok/~2, 4"})
    void tilde_is_named_with_its_position(String pointer, int position) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JsonPointer.of(pointer))
          .withMessageContaining("\"" + pointer + "\" is malformed at position " + position)
          .withMessageContaining("~0");
    }

    @Test
    void if_longer_than_64_steps() {
      assertThat(JsonPointer.of("/a".repeat(64)).size()).isEqualTo(64);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JsonPointer.of("/a".repeat(65)))
          .withMessageContaining("at most 64");
    }
  }

  @Test
  void children_round_trip_for_any_name() {
    Seeds.forEach(
        500,
        random -> {
          String name = JsonWriterTest.anyText(random);
          JsonPointer child = JsonPointer.of("/a").child(3).child(name);
          assertThat(JsonPointer.of(child.toString())).isEqualTo(child).hasSameHashCodeAs(child);
          assertThat(child.index(1)).isEqualTo(3);
          assertThat(child.name(2)).isEqualTo(name);
        });
  }

  @Test
  void differs_from_other_pointers() {
    assertThat(JsonPointer.of("/a")).isNotEqualTo(JsonPointer.of("/b")).isNotEqualTo("/a");
  }
}
