// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.Disposition;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantIdTest {

  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 20_000);

  /** The characters that a guess at an id, or an attack on one, is made of. */
  private static final String ALPHABET =
      "az09-AZ_.:/*?$#{} \t\n\u0000\u007f\uff41\u0130\u0131\u202e";

  @Nested
  class A_slug {

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "acme", "acme-2", "a-b", "a--b", "7"})
    void is_taken_as_it_is(String text) {
      assertThat(TenantId.of(text).value()).isEqualTo(text);
    }

    @Test
    void may_have_62_characters_and_no_more() {
      assertThat(TenantId.of("a".repeat(62)).value()).hasSize(62);
      assertThatThrownBy(() -> TenantId.of("a".repeat(63)))
          .isInstanceOf(InvalidTenantException.class)
          .hasMessageContaining("63 characters")
          .hasMessageContaining("index 62");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "acme ",
          " acme",
          "ACME",
          "Acme",
          "-acme",
          "acme-",
          "-",
          "ac me",
          "acme_2",
          "acme.2",
          "..",
          "acme/",
          "acme#x",
          "*",
          "?",
          "a?me",
          "${aws:username}",
          "acme\u0000",
          "acme\n",
          "acme\",\"globex",
          "[acme globex]",
          "\uff41cme",
          "acm\u0435",
          "\u0130",
          "\u0131",
          "acme\u200b",
          "e\u0301"
        })
    void is_refused_rather_than_repaired(String text) {
      assertThatThrownBy(() -> TenantId.of(text))
          .isInstanceOf(InvalidTenantException.class)
          .hasMessageContaining("1 to 62 of a-z");
    }

    @Test
    void is_told_apart_by_a_pattern_and_by_us_alike() {
      Pattern grammar = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?");
      Random random = new Random(7);
      for (int i = 0; i < ROUNDS; i++) {
        String text = text(random);
        assertThat(TenantGrammar.SLUG.matches(text))
            .as(() -> "index " + TenantGrammar.SLUG.misfit(text) + " of " + text)
            .isEqualTo(grammar.matcher(text).matches());
      }
    }

    private static String text(Random random) {
      int length = random.nextInt(10) == 0 ? 60 + random.nextInt(5) : random.nextInt(6);
      int letters = random.nextInt(3) == 0 ? ALPHABET.length() : 5;
      StringBuilder text = new StringBuilder(length);
      for (int i = 0; i < length; i++) {
        text.append(ALPHABET.charAt(random.nextInt(letters)));
      }
      return text.toString();
    }
  }

  @Nested
  class Other_grammars {

    @Test
    void take_their_canonical_form() {
      assertThat(TenantGrammar.UUID.parse("0190f5ce-5c1b-7bd2-8a3e-4f3b9a1c2d3e").value())
          .isEqualTo("0190f5ce-5c1b-7bd2-8a3e-4f3b9a1c2d3e");
      assertThat(TenantGrammar.ULID.parse("01J3TZ4N9QW0C6Y5XJ2V8RKHDM").value())
          .isEqualTo("01J3TZ4N9QW0C6Y5XJ2V8RKHDM");
    }

    @Test
    void refuse_every_other_form() {
      for (String text :
          List.of(
              "",
              "0190F5CE-5C1B-7BD2-8A3E-4F3B9A1C2D3E",
              "{0190f5ce-5c1b-7bd2-8a3e-4f3b9a1c2d3e}",
              "0190f5ce5c1b7bd28a3e4f3b9a1c2d3e",
              "0190f5ce-5c1b-7bd2-8a3e-4f3b9a1c2d3",
              "0190f5ce-5c1b-7bd2-8a3e-4f3b9a1c2d3e0",
              "1-1-1-1-1")) {
        assertThat(TenantGrammar.UUID.matches(text)).as(text).isFalse();
      }
      for (String text :
          List.of(
              "",
              "01j3tz4n9qw0c6y5xj2v8rkhdm",
              "81J3TZ4N9QW0C6Y5XJ2V8RKHDM",
              "01J3TZ4N9QW0C6Y5XJ2V8RKHDI",
              "01J3TZ4N9QW0C6Y5XJ2V8RKHD",
              "01J3TZ4N9QW0C6Y5XJ2V8RKHDM0")) {
        assertThat(TenantGrammar.ULID.matches(text)).as(text).isFalse();
      }
    }
  }

  @Test
  void ids_are_equal_only_byte_by_byte() {
    assertThat(TenantId.of("acme")).isEqualTo(TenantId.of("acme")).hasToString("acme");
    assertThat(TenantId.of("acme")).isNotEqualTo(TenantId.of("acme2"));
    assertThat(TenantId.of("acme")).isNotEqualTo("acme").isLessThan(TenantId.of("globex"));
  }

  @Test
  void what_is_refused_is_not_repeated_and_goes_to_the_dead_letters() {
    assertThatThrownBy(() -> TenantId.of("globex'--secret"))
        .isInstanceOfSatisfying(
            InvalidTenantException.class,
            e -> assertThat(e.disposition()).isEqualTo(Disposition.DEAD_LETTER))
        .hasMessageNotContaining("globex")
        .hasMessageNotContaining("secret");
  }

  @Test
  void no_language_changes_what_an_id_is() {
    assertThat("I".toLowerCase(Locale.forLanguageTag("tr"))).isEqualTo("\u0131");
    assertThat(TenantGrammar.SLUG.matches("I".toLowerCase(Locale.forLanguageTag("tr")))).isFalse();
  }
}
