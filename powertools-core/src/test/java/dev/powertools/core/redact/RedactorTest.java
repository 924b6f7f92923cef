// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  record Card(String holder, @Sensitive String number) {}

  record Order(String orderId, Card card, Optional<Card> spare, List<Card> others) {}

  static final class Account {
    @Sensitive private final String iban = "DE00 1234";

    @Override
    public String toString() {
      return "Account " + iban;
    }
  }

  private static String written(Redactor redactor, @Nullable Object value) {
    JsonWriter writer = new JsonWriter().redactor(redactor).value(value);
    return new String(writer.toByteArray(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Nested
  class Names_of_members {

    @ParameterizedTest
    @ValueSource(
        strings = {"password", "PASSWORD", "api_key", "apiKey", "x-api-key", "Authorization"})
    void that_are_secret_nearly_everywhere_are_masked(String name) {
      assertThat(written(Redactor.defaults(), Map.of(name, "s3cret")))
          .isEqualTo("{\"" + name + "\":\"[REDACTED]\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens", "passwordLength", "secretary", "spin", "user", ""})
    void that_only_look_like_them_are_not(String name) {
      assertThat(written(Redactor.defaults(), Map.of(name, "open"))).contains("open");
    }

    @Test
    void count_at_any_depth_and_mask_whole_structures() {
      assertThat(
              written(
                  Redactor.defaults(),
                  Map.of("a", List.of(Map.of("credentials", Map.of("user", "u", "key", "k"))))))
          .isEqualTo("{\"a\":[{\"credentials\":\"[REDACTED]\"}]}");
    }

    @Test
    void count_inside_of_text_that_holds_json() {
      assertThat(written(Redactor.defaults(), Map.of("body", "{\"password\":\"p\",\"n\":1.50}")))
          .isEqualTo("{\"body\":\"{\\\"password\\\":\\\"[REDACTED]\\\",\\\"n\\\":1.50}\"}");
    }

    @Test
    void can_be_added() {
      Redactor redactor = Redactor.builder().names("iban").build();
      assertThat(written(redactor, Map.of("IBAN", "x"))).doesNotContain("x");
      assertThat(written(redactor, Map.of("password", "x"))).doesNotContain("x");
    }

    @Test
    void can_all_be_dropped() {
      Redactor redactor = Redactor.builder().noNames().build();
      assertThat(written(redactor, Map.of("password", "shown"))).contains("shown");
    }

    @Test
    void leave_null_as_it_is() {
      assertThat(Redactor.defaults().json(utf8("{\"password\":null}")))
          .isEqualTo("{\"password\":null}");
    }
  }

  @Nested
  class Sensitive_members {

    @Test
    void of_records_are_masked_wherever_they_are() {
      Card card = new Card("ada", "4111");
      assertThat(
              written(
                  Redactor.defaults(), new Order("o-1", card, Optional.of(card), List.of(card))))
          .contains("\"holder\":\"ada\"", "\"number\":\"[REDACTED]\"")
          .doesNotContain("4111");
    }

    @Test
    void of_classes_that_tell_themselves_by_text_mask_the_text() {
      assertThat(written(Redactor.defaults(), Map.of("account", new Account())))
          .isEqualTo("{\"account\":\"[REDACTED]\"}");
    }

    @Test
    void are_whole_where_nobody_redacts() {
      assertThat(written(Redactor.none(), new Card("ada", "4111"))).contains("4111");
      assertThat(new String(new JsonWriter().value(new Card("a", "4111")).toByteArray(), UTF8))
          .contains("4111");
    }

    private static final java.nio.charset.Charset UTF8 = StandardCharsets.UTF_8;
  }

  @Nested
  class Pointers {

    @ParameterizedTest
    @CsvSource({
      "/order/email, true",
      "/order/*, true",
      "/*/email, true",
      "/order, true",
      "/email, false",
      "/order/email/x, false",
      "/orders/email, false"
    })
    void mask_one_place(String pointer, boolean masked) {
      Redactor redactor = Redactor.builder().pointer(pointer).build();
      String json = redactor.json(utf8("{\"order\":{\"email\":\"secret@x\"}}"));
      assertThat(json.contains("secret@x")).isEqualTo(!masked);
    }

    @Test
    void step_through_elements_and_optionals() {
      Redactor redactor =
          Redactor.builder().pointer("/others/1/holder").pointer("/spare/holder").build();
      Order order =
          new Order(
              "o",
              new Card("kept", ""),
              Optional.of(new Card("spare", "")),
              List.of(new Card("first", ""), new Card("second", "")));
      assertThat(written(redactor, order))
          .contains("kept", "first")
          .doesNotContain("\"spare\"}", "\"second\"", "\"holder\":\"spare\"");
    }

    @Test
    void start_anew_with_each_value() {
      Redactor redactor = Redactor.builder().pointer("/a").build();
      JsonWriter writer = new JsonWriter().redactor(redactor).beginArray();
      writer.value((Object) Map.of("x", Map.of("y", 1))).value((Object) Map.of("a", "hidden"));
      assertThat(new String(writer.endArray().toByteArray(), StandardCharsets.UTF_8))
          .isEqualTo("[{\"x\":{\"y\":1}},{\"a\":\"[REDACTED]\"}]");
    }

    @Test
    void that_are_malformed_are_refused() {
      assertThatThrownBy(() -> Redactor.builder().pointer("order/email"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("\"/order/email\"");
    }
  }

  @Nested
  class Texts {

    private final Redactor all = Redactor.builder().texts(SensitiveText.values()).build();

    @ParameterizedTest
    @ValueSource(
        strings = {
          "4111 1111 1111 1111",
          "4111-1111-1111-1111",
          "378282246310005",
          "ada.lovelace+x@example.co.uk",
          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
          "AKIAIOSFODNN7EXAMPLE"
        })
    void that_look_sensitive_are_masked_in_the_middle_of_others(String secret) {
      assertThat(all.text("paid by " + secret + ", thanks"))
          .isEqualTo("paid by [REDACTED], thanks");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "order 4111 1111 1111 1112 has a wrong check digit",
          "1767225600000 is a time",
          "a@b has no domain",
          "eyJ is not enough",
          "XAKIAIOSFODNN7EXAMPLEX"
        })
    void that_only_resemble_them_are_not(String text) {
      assertThat(all.text(text)).isEqualTo(text);
    }

    @Test
    void secrets_are_told_by_the_word_before_them() {
      assertThat(all.text("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
          .doesNotContain("wJalr");
      assertThat(all.text("Authorization: Bearer abcdefghijkl")).doesNotContain("abcdefghijkl");
    }

    @Test
    void of_own_patterns_are_masked() {
      Redactor redactor = Redactor.builder().pattern("C-[0-9]+").build();
      assertThat(redactor.text("customer C-42 $1 \\ called"))
          .isEqualTo("customer [REDACTED] $1 \\ called");
    }

    @Test
    void on_which_a_pattern_fails_are_masked_whole() {
      Redactor redactor = Redactor.builder().pattern("(a|b)*c").build();
      assertThat(redactor.text("ab".repeat(100_000))).isEqualTo(Redactor.MASK);
    }

    @Test
    void are_as_they_were_without_a_rule() {
      String text = "{\"password\":1}";
      assertThat(Redactor.none().text(text)).isSameAs(text);
    }

    @Test
    void that_begin_like_json_and_are_not_are_searched_as_text() {
      assertThat(all.text("{not json, a@example.com")).isEqualTo("{not json, [REDACTED]");
      assertThat(all.json(utf8("not json, a@example.com"))).isEqualTo("not json, [REDACTED]");
    }
  }

  @Test
  void a_pattern_that_does_not_compile_is_refused_by_name() {
    assertThatThrownBy(() -> Redactor.builder().pattern("(unclosed"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"(unclosed\"");
  }

  @Test
  void an_empty_name_is_refused() {
    assertThatThrownBy(() -> Redactor.builder().names(" "))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("empty name");
  }

  @Test
  void a_runtime_has_the_defaults_or_its_own() {
    Redactor own = Redactor.builder().names("iban").build();
    assertThat(Redactor.of(FunctionRuntime.builder().build())).isSameAs(Redactor.defaults());
    assertThat(Redactor.of(FunctionRuntime.builder().part(Redactor.class, own).build()))
        .isSameAs(own);
  }

  @Test
  void rules_are_kept_by_a_builder_made_of_them() {
    Redactor redactor =
        Redactor.builder().noNames().names("iban").pattern("C-[0-9]+").pointer("/x").build();
    Redactor copy = redactor.toBuilder().build();
    assertThat(copy.json(utf8("{\"iban\":1,\"a\":\"C-1\",\"x\":2,\"password\":3}")))
        .isEqualTo(redactor.json(utf8("{\"iban\":1,\"a\":\"C-1\",\"x\":2,\"password\":3}")))
        .isEqualTo(
            "{\"iban\":\"[REDACTED]\",\"a\":\"[REDACTED]\",\"x\":\"[REDACTED]\",\"password\":3}");
  }
}
