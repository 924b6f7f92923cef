// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private final JsonWriter writer = new JsonWriter();

  private String written() {
    return new String(writer.toByteArray(), UTF_8);
  }

  @Nested
  class Structure {
    @Test
    void puts_commas_and_colons_where_they_belong() {
      writer.beginObject().name("a").value(1).name("b").beginArray().value("x").value(true);
      writer.beginObject().endObject().beginArray().endArray().nullValue().endArray();
      writer.name("c").value(2.5).endObject();

      assertThat(written()).isEqualTo("{\"a\":1,\"b\":[\"x\",true,{},[],null],\"c\":2.5}");
    }

    @Test
    void nests_deeper_than_its_first_stack() {
      for (int i = 0; i < 100; i++) {
        writer.beginArray();
      }
      for (int i = 0; i < 100; i++) {
        writer.endArray();
      }
      assertThat(written()).isEqualTo("[".repeat(100) + "]".repeat(100));
    }

    @Test
    void refuses_a_value_without_a_name_in_an_object() {
      writer.beginObject();
      assertThatIllegalStateException().isThrownBy(() -> writer.value(1));
      assertThatIllegalStateException().isThrownBy(() -> writer.value(new Object()));
    }

    @Test
    void refuses_a_name_outside_of_an_object_or_twice() {
      assertThatIllegalStateException().isThrownBy(() -> writer.name("a"));
      writer.beginArray();
      assertThatIllegalStateException().isThrownBy(() -> writer.name("a"));
      writer.beginObject().name("a");
      assertThatIllegalStateException().isThrownBy(() -> writer.name("b"));
    }

    @Test
    void refuses_to_close_what_is_not_open() {
      assertThatIllegalStateException().isThrownBy(writer::endObject);
      writer.beginArray();
      assertThatIllegalStateException().isThrownBy(writer::endObject);
      writer.beginObject().name("a");
      assertThatIllegalStateException().isThrownBy(writer::endObject);
      assertThatIllegalStateException().isThrownBy(writer::endLine);
    }

    @Test
    void refuses_a_second_value_unless_the_line_was_ended() {
      writer.value(1);
      assertThatIllegalStateException().isThrownBy(() -> writer.value(2));
      writer.endLine().value(2).endLine();
      assertThat(written()).isEqualTo("1\n2\n");
    }
  }

  @Nested
  class Marks {
    @Test
    void undo_a_member_with_everything_opened_in_it() {
      writer.beginObject().name("a").value(1);
      int mark = writer.mark();
      writer.name("b").beginArray().beginObject().name("c");

      writer.reset(mark).name("d").value(2).endObject();

      assertThat(written()).isEqualTo("{\"a\":1,\"d\":2}");
    }

    @Test
    void undo_a_value_and_keep_its_name() {
      writer.beginObject().name("a");
      int mark = writer.mark();
      writer.beginObject().name("x").value(1).endObject();

      writer.reset(mark).value("instead").endObject();

      assertThat(written()).isEqualTo("{\"a\":\"instead\"}");
    }

    @Test
    void must_be_within_what_was_written() {
      assertThatIllegalArgumentException().isThrownBy(() -> writer.reset(1));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.reset(-1));
    }
  }

  @Nested
  class Strings {
    @Test
    void escape_what_json_and_one_line_forbid() {
      writer.value("\"\\\b\f\n\r\t\u0000\u001f\u007f\u0085\u2028\u2029/");
      assertThat(written())
          .isEqualTo("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\\u0085\\u2028\\u2029/\"");
    }

    @Test
    void keep_every_other_character() {
      writer.value("aé߿ࠀ€\uD83D\uDE00z");
      assertThat(written()).isEqualTo("\"aé߿ࠀ€\uD83D\uDE00z\"");
    }

    @Test
    void replace_lone_surrogates() {
      writer.beginArray();
      writer.value("\uD800").value("a\uDC00b").value("\uD800\uD800\uDC00").endArray();
      assertThat(written()).isEqualTo("[\"\uFFFD\",\"a\uFFFDb\",\"\uFFFD\uD800\uDC00\"]");
    }

    @Test
    void come_back_as_they_were_for_any_characters() {
      Seeds.forEach(
          2000,
          random -> {
            String text = anyText(random);
            writer.clear().beginObject().name(text).value(text).endObject();
            String expected = wellFormed(text);
            assertThat(writer.toByteArray()).doesNotContain('\n', '\r');
            assertThat(StrictJson.parse(writer).get(expected).textValue()).isEqualTo(expected);
          });
    }

    @Test
    void over_the_limit_say_how_much_is_missing() {
      JsonWriter limited = new JsonWriter(new JsonLimits(40, 1000));
      limited.value("x".repeat(50));
      assertThat(StrictJson.parse(limited).textValue())
          .isEqualTo("x".repeat(40) + "…[truncated 10 chars]");
    }

    @Test
    void are_not_cut_within_a_surrogate_pair() {
      JsonWriter limited = new JsonWriter(new JsonLimits(40, 1000));
      limited.value("x".repeat(39) + "\uD83D\uDE00");
      assertThat(StrictJson.parse(limited).textValue())
          .isEqualTo("x".repeat(39) + "…[truncated 2 chars]");
    }
  }

  @Nested
  class Numbers {
    @Test
    void are_exact() {
      long[] longs = {0, 7, -7, 10, 99, 100, -1000, Long.MAX_VALUE, Long.MIN_VALUE};
      for (long value : longs) {
        writer.clear().value(value);
        assertThat(written()).isEqualTo(Long.toString(value));
      }
    }

    @Test
    void of_any_kind_come_back() {
      Seeds.forEach(
          1000,
          random -> {
            long integer = random.nextLong() >> random.nextInt(64);
            double real = Double.longBitsToDouble(random.nextLong());
            BigDecimal decimal =
                new BigDecimal(new BigInteger(80, random), random.nextInt(100) - 50);
            writer.clear().beginArray().value(integer).value(real).value(decimal);
            writer.value(decimal.unscaledValue()).endArray();
            var node = StrictJson.parse(writer);
            assertThat(node.get(0).longValue()).isEqualTo(integer);
            assertThat(Double.valueOf(node.get(1).asText())).isEqualTo(Double.valueOf(real));
            assertThat(node.get(2).decimalValue()).isEqualByComparingTo(decimal);
            assertThat(node.get(3).bigIntegerValue()).isEqualTo(decimal.unscaledValue());
          });
    }

    @Test
    void that_json_does_not_have_are_strings() {
      writer.beginArray().value(Double.NaN).value(Double.NEGATIVE_INFINITY);
      writer.value(Float.POSITIVE_INFINITY).endArray();
      assertThat(written()).isEqualTo("[\"NaN\",\"-Infinity\",\"Infinity\"]");
    }

    @Test
    void keep_their_shortest_form() {
      writer.beginArray().value(0.1f).value(1e10).value('c').value((BigDecimal) null).endArray();
      assertThat(written()).isEqualTo("[0.1,1.0E10,\"c\",null]");
    }
  }

  @Nested
  class Raw_json {
    @Test
    void is_written_on_one_line() {
      writer.beginArray().rawJson("{\n\"a\":\r\n\"é\u2028\uD83D\uDE00\"}");
      writer.rawJson("[\n1]".getBytes(UTF_8)).endArray();
      assertThat(written()).isEqualTo("[{ \"a\":  \"é\\u2028\uD83D\uDE00\"},[ 1]]");
    }

    @Test
    void that_is_empty_is_null() {
      writer.beginArray().rawJson("").rawJson(new byte[0]).endArray();
      assertThat(written()).isEqualTo("[null,null]");
    }
  }

  @Nested
  class Buffer {
    @Test
    void is_used_again_and_given_back_when_it_has_grown() {
      byte[] first = writer.value("a").buffer();
      assertThat(writer.clear().value("b").buffer()).isSameAs(first);
      assertThat(writer.clear().value("x".repeat(100_000)).buffer().length).isGreaterThan(100_000);
      assertThat(writer.clear().buffer().length).isLessThan(10_000);
      assertThat(writer.size()).isZero();
    }

    @Test
    void goes_to_a_stream() throws IOException {
      ByteArrayOutputStream target = new ByteArrayOutputStream();
      writer.value("é").writeTo(target);
      assertThat(target.toString(UTF_8)).isEqualTo("\"é\"");
      assertThat(writer.size()).isEqualTo(4);
    }

    @Test
    void forgets_open_structures_when_cleared() {
      writer.beginArray().beginObject().clear().value(1);
      assertThat(written()).isEqualTo("1");
    }
  }

  @Test
  void limits_leave_room_for_marks() {
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(31, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(32, 0));
    assertThat(JsonLimits.forLogs().maxStringChars()).isEqualTo(32 * 1024);
  }

  static String anyText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(6)) {
        case 0 -> text.append((char) random.nextInt(0x20));
        case 1 -> text.append((char) (0xD800 + random.nextInt(0x800)));
        case 2 -> text.appendCodePoint(random.nextInt(0x10FFFF + 1));
        case 3 -> text.append("\"\\/\u2028\u0085{}[]:,".charAt(random.nextInt(11)));
        default -> text.append((char) (0x20 + random.nextInt(0x60)));
      }
    }
    return text.toString();
  }

  static String wellFormed(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_16BE),
        java.nio.charset.StandardCharsets.UTF_16BE);
  }

  @Test
  void members_written_before_stand_between_others() {
    byte[] members = "\"b\":2,\"c\":3".getBytes(UTF_8);
    JsonWriter writer = new JsonWriter();
    writer.beginObject().name("a").value(1).rawMembers(members).rawMembers(new byte[0]);
    writer.name("d").value(4).endObject();
    assertThat(new String(writer.toByteArray(), UTF_8))
        .isEqualTo("{\"a\":1,\"b\":2,\"c\":3,\"d\":4}");
    writer.clear().beginObject().rawMembers(members).endObject();
    assertThat(StrictJson.parse(writer).size()).isEqualTo(2);
  }

  @Test
  void members_belong_into_an_object() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new JsonWriter().beginArray().rawMembers(new byte[0]));
    assertThatIllegalStateException()
        .isThrownBy(() -> new JsonWriter().beginObject().name("a").rawMembers(new byte[0]));
  }

  @Nested
  class What_was_written_before {

    @Test
    void stands_as_name_and_as_value() {
      byte[] name = JsonWriter.string("a\n\"");
      writer.beginObject().name(name).written(name).name("b").written(name).endObject();
      assertThat(written()).isEqualTo("{\"a\\n\\\"\":\"a\\n\\\"\",\"b\":\"a\\n\\\"\"}");
    }

    @Test
    void is_refused_where_it_does_not_belong() {
      byte[] name = JsonWriter.string("a");
      assertThatIllegalStateException().isThrownBy(() -> writer.name(name));
      writer.beginObject();
      assertThatIllegalStateException().isThrownBy(() -> writer.written(name));
    }
  }

  @Nested
  class Text_in_pieces {

    @Test
    void is_one_string() {
      writer.beginArray().text().append("a\"").append("\\n".getBytes(UTF_8), 1).append("b").end();
      writer.value(1).endArray();
      assertThat(written()).isEqualTo("[\"a\\\"\\nb\",1]");
    }

    @Test
    void is_cut_as_a_whole() {
      JsonWriter limited = new JsonWriter(new JsonLimits(32, 1000));
      JsonText text = limited.text().append("x".repeat(30)).append("ab\ud83d\ude00");
      text.append("c").append("d".getBytes(UTF_8), 1).end();
      assertThat(new String(limited.toByteArray(), UTF_8))
          .isEqualTo("\"" + "x".repeat(30) + "ab…[truncated 4 chars]\"");
    }

    @Test
    void is_cut_before_a_pair_and_before_a_written_piece_that_does_not_fit() {
      JsonWriter limited = new JsonWriter(new JsonLimits(32, 1000));
      limited.text().append("x".repeat(31)).append("\ud83d\ude00").append("c").end();
      limited.endLine();
      limited.text().append("x".repeat(31)).append("yz".getBytes(UTF_8), 2).append("a").end();
      assertThat(new String(limited.toByteArray(), UTF_8))
          .isEqualTo("\"%1$s…[truncated 3 chars]\"\n\"%1$s…[truncated 3 chars]\"", "x".repeat(31));
    }
  }

  @Test
  void text_longer_than_the_buffers_keeps_its_pairs() {
    for (int before = 250; before < 260; before++) {
      String text = "x".repeat(before) + "\ud83d\ude00".repeat(300) + "\ud83d" + "\n".repeat(300);
      String expected = text.substring(0, before + 600) + "\ufffd" + "\n".repeat(300);
      writer.clear().value(text);
      assertThat(StrictJson.parse(writer).textValue()).isEqualTo(expected);
      writer.clear().value(new StringBuilder(text));
      assertThat(StrictJson.parse(writer).textValue()).isEqualTo(expected);
    }
  }
}
