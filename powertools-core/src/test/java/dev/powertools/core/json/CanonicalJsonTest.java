// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  private static String canonical(String json) {
    String fromText = new String(CanonicalJson.of(json), UTF_8);
    assertThat(new String(CanonicalJson.of(json.getBytes(UTF_8)), UTF_8)).isEqualTo(fromText);
    return fromText;
  }

  @Nested
  class Form {
    @Test
    void sorts_keys_by_utf16_code_units_and_drops_white_space() {
      // RFC 8785, section 3.2.3
      String json =
          "{ \"\\u20ac\": 1, \"\\r\": 2,\n\"\\ufb33\": 3, \"1\": 4, \"\\ud83d\\ude00\": 5,"
              + " \"\\u0080\": 6, \"\\u00f6\": 7 }";
      assertThat(canonical(json))
          .isEqualTo(
              "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\uD83D\uDE00\":5,\"\ufb33\":3}");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"\"",
          "\"o-1\"",
          "\"a b~\"",
          "\"\\u0041\"",
          "\"\u007f\"",
          "\"\u00e4\"",
          "\"a\" ",
          "1",
          "10",
          "90071992547409931234",
          "0",
          "-1",
          "1.0",
          "01",
          "1 ",
          "\"",
          "\"a\"b\"",
          "\"a\nb\"",
          ""
        })
    void is_the_same_for_bytes_as_for_text_also_where_it_is_plain(String json) {
      assertThat(outcome(() -> CanonicalJson.of(json.getBytes(UTF_8))))
          .isEqualTo(outcome(() -> CanonicalJson.of(json)));
    }

    private static String outcome(Supplier<byte[]> canonical) {
      try {
        return new String(canonical.get(), UTF_8);
      } catch (InvalidJsonException e) {
        return "refused";
      }
    }

    @Test
    void escapes_only_what_must_be() {
      assertThat(
              canonical(
                  "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\\u2028\\u007f\""))
          .isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u2028\u007f\"");
      assertThat(canonical("\"\\b\\t\\f\\r\\u001f\"")).isEqualTo("\"\\b\\t\\f\\r\\u001f\"");
    }

    @Test
    void keeps_the_order_of_arrays() {
      assertThat(canonical("[ ]")).isEqualTo("[]");
      assertThat(canonical("{ }")).isEqualTo("{}");
      assertThat(canonical("[3, 1, {\"b\":null,\"a\":[true,false]}]"))
          .isEqualTo("[3,1,{\"a\":[true,false],\"b\":null}]");
    }

    @ParameterizedTest
    @CsvSource({
      "1.0, 1",
      "1e0, 1",
      "-0, 0",
      "-0.0e5, 0",
      "100, 100",
      "1E+2, 100",
      "1.50, 1.5",
      "5e-7, 0.0000005",
      "12345678901234567890.10, 12345678901234567890.1",
      "9007199254740993, 9007199254740993",
      "-9223372036854775808, -9223372036854775808",
      "0e999999999, 0"
    })
    void gives_equal_numbers_one_text(String number, String expected) {
      assertThat(canonical(number)).isEqualTo(expected);
    }
  }

  @Nested
  class Refused {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "{",
          "[1,]",
          "{\"a\":1,}",
          "1 2",
          "{} x",
          "NaN",
          "Infinity",
          "01",
          "+1",
          ".5",
          "1.",
          "'a'",
          "{a:1}",
          "nul",
          "\"\u0001\"",
          "/**/1",
          "[1 2]",
          "]",
          "\"\\x\""
        })
    void is_what_is_not_json(String text) {
      assertThatExceptionOfType(InvalidJsonException.class)
          .isThrownBy(() -> CanonicalJson.of(text))
          .withMessageContaining("line 1, column ");
      assertThatExceptionOfType(InvalidJsonException.class)
          .isThrownBy(() -> CanonicalJson.of(text.getBytes(UTF_8)));
    }

    @Test
    void are_duplicate_keys_with_their_position() {
      assertThatExceptionOfType(InvalidJsonException.class)
          .isThrownBy(() -> CanonicalJson.of("{\"a\":1,\n\"b\":{\"x\":1,\"\\u0078\":2}}"))
          .withMessage("JSON is refused at line 2, column 12: the key \"x\" is there already");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"\"\\ud800\"", "\"a\\udc00\"", "{\"\\ud800x\":1}", "[\"\\ude00\\ud83d\"]"})
    void are_lone_surrogates(String json) {
      assertThatExceptionOfType(InvalidJsonException.class)
          .isThrownBy(() -> CanonicalJson.of(json))
          .withMessageContaining("lone surrogate at position");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "1e999999999",
          "-1e-999999999",
          "1e1001",
          "1e-1001",
          "1e99999999999",
          "1e-3000000000"
        })
    void are_numbers_that_would_fill_the_memory(String number) {
      assertThatExceptionOfType(InvalidJsonException.class)
          .isThrownBy(() -> CanonicalJson.of(number))
          .withMessageContaining("out of range");
    }

    @Test
    void is_what_is_over_the_limits() {
      String deep = "[".repeat(64) + "]".repeat(64);
      assertThat(canonical(deep)).isEqualTo(deep);
      assertThatExceptionOfType(InvalidJsonException.class)
          .isThrownBy(() -> CanonicalJson.of("[" + deep + "]"))
          .matches(InvalidJsonException::isOverLimit);
      assertThatExceptionOfType(InvalidJsonException.class)
          .isThrownBy(() -> CanonicalJson.of(new byte[8 * 1024 * 1024 + 1]))
          .withMessageContaining("over the limit of 8388608")
          .matches(InvalidJsonException::isOverLimit);
    }

    @Test
    void text_is_only_hinted_at() {
      assertThatExceptionOfType(InvalidJsonException.class)
          .isThrownBy(() -> CanonicalJson.of("x".repeat(10_000)))
          .matches(e -> String.valueOf(e.getMessage()).length() < 300);
    }

    @Test
    void is_invalid_utf8() {
      byte[] truncated = {'"', (byte) 0xC3};
      byte[] wrong = {'"', (byte) 0xC3, '"'};
      byte[] stray = {'"', (byte) 0xBF, '"'};
      for (byte[] json : List.of(truncated, wrong, stray)) {
        assertThatExceptionOfType(InvalidJsonException.class)
            .isThrownBy(() -> CanonicalJson.of(json));
      }
    }
  }

  @Nested
  class Pointers {
    private final byte[] json =
        "{\"a\":[{\"c\":1.0,\"b\":2}],\"n\":null,\"s\":\"{}\"}".getBytes(UTF_8);

    private String at(String pointer) {
      return CanonicalJson.at(json, JsonPointer.of(pointer))
          .map(bytes -> new String(bytes, UTF_8))
          .orElse("(missing)");
    }

    @Test
    void lead_to_canonical_parts() {
      assertThat(at("/a/0")).isEqualTo("{\"b\":2,\"c\":1}");
      assertThat(at("/n")).isEqualTo("null");
      assertThat(at("")).isEqualTo("{\"a\":[{\"b\":2,\"c\":1}],\"n\":null,\"s\":\"{}\"}");
    }

    @Test
    void may_lead_nowhere() {
      assertThat(at("/a/1")).isEqualTo("(missing)");
      assertThat(at("/a/00")).isEqualTo("(missing)");
      assertThat(at("/A")).isEqualTo("(missing)");
      assertThat(at("/s/x")).isEqualTo("(missing)");
      assertThat(at("/n/x")).isEqualTo("(missing)");
    }
  }

  @Nested
  class Any_document {
    @Test
    void has_one_form_whatever_its_spelling() {
      Seeds.forEach(
          1000,
          random -> {
            long seed = random.nextLong();
            String one = spelling(new Random(seed), new Random(1), 4);
            String other = spelling(new Random(seed), random, 4);
            assertThat(canonical(other)).isEqualTo(canonical(one));
            assertThat(canonical(canonical(one))).isEqualTo(canonical(one));
          });
    }

    /** The document that {@code content} chooses, spelled as {@code style} likes. */
    private String spelling(Random content, Random style, int depth) {
      String value =
          switch (content.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> "null";
            case 1 -> content.nextBoolean() ? "true" : "false";
            case 2 -> number(content, style);
            case 3 ->
                string(JsonWriterTest.anyText(content).replaceAll("[\\ud800-\\udfff]", "s"), style);
            case 4 -> array(content, style, depth);
            default -> object(content, style, depth);
          };
      return " ".repeat(style.nextInt(2)) + value + "\n".repeat(style.nextInt(2));
    }

    private String number(Random content, Random style) {
      BigDecimal number =
          new BigDecimal(new BigInteger(content.nextInt(90), content), content.nextInt(40) - 20);
      BigDecimal longer = number.setScale(Math.max(0, number.scale()) + style.nextInt(5));
      return switch (style.nextInt(3)) {
        case 0 -> longer.toPlainString();
        case 1 -> longer.unscaledValue() + "e" + -longer.scale();
        default -> number.toString();
      };
    }

    private String string(String text, Random style) {
      StringBuilder json = new StringBuilder("\"");
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean pair = Character.isSurrogate(c); // both halves raw
        boolean escape = !pair && (c < 0x20 || c == '"' || c == '\\' || style.nextBoolean());
        json.append(escape ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
      return json.append('"').toString();
    }

    private String array(Random content, Random style, int depth) {
      List<String> elements = new ArrayList<>();
      for (int i = content.nextInt(4); i > 0; i--) {
        elements.add(spelling(content, style, depth - 1));
      }
      return "[" + String.join(",", elements) + "]";
    }

    private String object(Random content, Random style, int depth) {
      List<String> members = new ArrayList<>();
      for (int i = content.nextInt(4); i > 0; i--) {
        members.add(string("k" + i, style) + ":" + spelling(content, style, depth - 1));
      }
      Collections.shuffle(members, style);
      return "{" + String.join(",", members) + "}";
    }
  }
}
