// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import static dev.powertools.tenancy.envelope.KeyFixtures.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.Disposition;
import dev.powertools.tenancy.TenantGrammar;
import dev.powertools.tenancy.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealerTest {

  static final String JOBS = "arn:aws:sqs:eu-central-1:123456789012:jobs";
  static final String OTHER = "arn:aws:sqs:eu-central-1:123456789012:other";
  static final TenantId ACME = TenantId.of("acme");

  private final KeyFixtures.Clock clock = new KeyFixtures.Clock();
  private final Sealer sealer = new Sealer(EnvelopeKeys.of(key("k1", 1)), clock);

  private TenantId open(Sealer by, String envelope, String body) {
    return by.open(envelope, Set.of(JOBS), body).tenant(TenantGrammar.SLUG);
  }

  private EnvelopeRefusal refusal(Sealer by, String envelope, String body) {
    try {
      open(by, envelope, body);
    } catch (EnvelopeRefusedException e) {
      assertThat(e.disposition()).isEqualTo(Disposition.DEAD_LETTER);
      assertThat(e).hasMessageNotContaining("acme").hasMessageNotContaining("globex").hasNoCause();
      return e.reason();
    }
    throw new AssertionError("It verifies");
  }

  @Test
  void what_was_signed_verifies_and_says_when() {
    String envelope = sealer.seal(ACME, JOBS, "{}");
    clock.forward(Duration.ofDays(4000));

    var opened = sealer.open(envelope, Set.of(OTHER, JOBS), "{}");

    assertThat(opened.tenant()).isEqualTo("acme");
    assertThat(opened.issuedAt()).isEqualTo(clock.now().minus(Duration.ofDays(4000)));
    assertThat(envelope).startsWith("1|k1|acme|").hasSizeLessThan(256);
  }

  @Test
  void its_form_stays_what_it_is_since_messages_wait_for_weeks() {
    assertThat(sealer.seal(ACME, JOBS, "{\"job\":1}"))
        .isEqualTo(
            "1|k1|acme|1795262400000|arn:aws:sqs:eu-central-1:123456789012:jobs|UhXvoup8CgGel4Ub0sXNH7E3FWC-Vugz6-vqQpLOsyw|2f8oM1vvRMZFRxNP2eH2cDDv54yAdUJcK_PSOTvDGNE");
  }

  @Nested
  class What_is_not_it {

    private final String envelope = sealer.seal(ACME, JOBS, "{}");

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '"',
        value = {
          "\"\", MISSING",
          "\" \", MISSING",
          "acme, UNSIGNED",
          "1|k1|acme|1|arn:aws:sqs:x|" + HASH + "|, UNSIGNED",
          "2|k1|acme|1|arn:aws:sqs:x|" + HASH + "|" + HASH + ", OTHER_VERSION",
          "2|whatever it holds, OTHER_VERSION",
          "1|k1|acme, MALFORMED",
          "01|k1|acme|1|arn:aws:sqs:x|" + HASH + "|" + HASH + ", OTHER_VERSION",
          "1|k1|acme|-1|arn:aws:sqs:x|" + HASH + "|" + HASH + ", MALFORMED",
          "1|k 1|acme|1|arn:aws:sqs:x|" + HASH + "|" + HASH + ", MALFORMED",
          "1|k1|acme|1|arn:aws:sqs:x|" + HASH + "|" + HASH + "|, MALFORMED",
          "1|k1||1|arn:aws:sqs:x|" + HASH + "|" + HASH + ", MALFORMED",
          "1|k1|ａcme|1|arn:aws:sqs:x|" + HASH + "|" + HASH + ", MALFORMED",
          "1|k9|acme|1|arn:aws:sqs:x|" + HASH + "|" + HASH + ", UNKNOWN_KEY",
          "1|k1|acme|1|arn:aws:sqs:x|" + HASH + "|" + HASH + ", FORGED"
        })
    void has_a_reason_of_its_own(String text, EnvelopeRefusal reason) {
      assertThat(refusal(sealer, text, "{}")).isEqualTo(reason);
    }

    private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @Test
    void too_long() {
      assertThat(refusal(sealer, envelope + "x".repeat(1024), "{}"))
          .isEqualTo(EnvelopeRefusal.OVERSIZED);
    }

    @Test
    void another_tenant_in_it() {
      assertThat(refusal(sealer, envelope.replace("|acme|", "|globex|"), "{}"))
          .isEqualTo(EnvelopeRefusal.FORGED);
    }

    @Test
    void another_body() {
      assertThat(refusal(sealer, envelope, "{ }")).isEqualTo(EnvelopeRefusal.OTHER_BODY);
    }

    @Test
    void replayed_to_another_queue() {
      Sealer same = sealer;

      assertThatExceptionOfType(EnvelopeRefusedException.class)
          .isThrownBy(() -> same.open(envelope, Set.of(OTHER), "{}"))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(EnvelopeRefusal.OTHER_DESTINATION))
          .withMessageContaining(JOBS);
    }

    @Test
    void signed_by_another_secret_of_the_same_id() {
      assertThat(refusal(new Sealer(EnvelopeKeys.of(key("k1", 2)), clock), envelope, "{}"))
          .isEqualTo(EnvelopeRefusal.FORGED);
    }

    @Test
    void signed_for_what_is_no_tenant() {
      String upper = sealer.seal(TenantGrammar.ULID.parse("01J3TZ4N9QW0C6Y5XJ2V8RKHDM"), JOBS, "");

      assertThat(refusal(sealer, upper, "")).isEqualTo(EnvelopeRefusal.NO_TENANT);
    }

    @Test
    void fields_that_swap_a_character_over_their_border() {
      String shifted = envelope.replace("|k1|acme|", "|k1a|cme|");
      EnvelopeKeys both = EnvelopeKeys.of(key("k1", 1), key("k1a", 1));

      assertThat(refusal(new Sealer(both, clock), shifted, "{}")).isEqualTo(EnvelopeRefusal.FORGED);
    }

    @Test
    void mutated_anywhere_by_chance() {
      long seed = Long.getLong("fuzz.seed", 20261121);
      RandomGenerator random = new java.util.SplittableRandom(seed);
      for (int round = 0; round < Integer.getInteger("fuzz.rounds", 20_000); round++) {
        String changed = Mutations.of(envelope, random);
        assertThat(verifies(changed, "{}"))
            .as("seed %d, round %d: %s", seed, round, changed)
            .isEqualTo(changed.equals(envelope));
      }
    }

    @Test
    void a_body_mutated_by_chance() {
      String body = "{\"job\":\"render\",\"pages\":12,\"name\":\"Zo\u00eb \ud83d\ude00\"}";
      String signed = sealer.seal(ACME, JOBS, body);
      long seed = Long.getLong("fuzz.seed", 20261121);
      RandomGenerator random = new java.util.SplittableRandom(seed);
      for (int round = 0; round < Integer.getInteger("fuzz.rounds", 20_000); round++) {
        String changed = Mutations.of(body, random);
        assertThat(verifies(signed, changed))
            .as("seed %d, round %d: %s", seed, round, changed)
            .isEqualTo(changed.equals(body));
      }
    }

    private boolean verifies(String text, String body) {
      try {
        sealer.open(text, Set.of(JOBS), body);
        return true;
      } catch (EnvelopeRefusedException e) {
        return false;
      }
    }
  }

  @Nested
  class Keys_that_change {

    @Test
    void the_old_one_is_accepted_for_thirty_days_after_its_retirement() {
      String old = sealer.seal(ACME, JOBS, "{}");
      EnvelopeKeys rotated = EnvelopeKeys.of(key("k2", 2), key("k1", 1).retired(clock.now()));
      Sealer later = new Sealer(rotated, clock);

      clock.forward(Duration.ofDays(30));
      assertThat(open(later, old, "{}")).isEqualTo(ACME);
      assertThat(later.seal(ACME, JOBS, "{}")).startsWith("1|k2|");

      clock.forward(Duration.ofMillis(1));
      assertThat(refusal(later, old, "{}")).isEqualTo(EnvelopeRefusal.RETIRED_KEY);
    }

    @Test
    void the_next_one_is_accepted_before_it_is_in_use() {
      String next = new Sealer(EnvelopeKeys.of(key("k2", 2)), clock).seal(ACME, JOBS, "{}");

      Sealer prepared = new Sealer(EnvelopeKeys.of(key("k1", 1), key("k2", 2)), clock);

      assertThat(open(prepared, next, "{}")).isEqualTo(ACME);
    }

    @Test
    void that_can_not_be_had_make_nobody_believed_and_the_record_come_again() {
      String envelope = sealer.seal(ACME, JOBS, "{}");
      Sealer without = new Sealer(new BrokenKeys(), clock);

      assertThatExceptionOfType(EnvelopeKeysUnavailableException.class)
          .isThrownBy(() -> open(without, envelope, "{}"))
          .satisfies(e -> assertThat(e.disposition()).isEqualTo(Disposition.RETRY_LATER));
      assertThatThrownBy(() -> without.seal(ACME, JOBS, "{}"))
          .isInstanceOf(EnvelopeKeysUnavailableException.class);
    }

    @Test
    void an_own_exception_of_the_toolkit_passes_as_it_is() {
      EnvelopeKeys unset =
          EnvelopeKeys.loaded(
              () -> {
                throw new ConfigurationException("no secret");
              },
              Duration.ofMinutes(5));

      assertThatThrownBy(() -> new Sealer(unset, clock).seal(ACME, JOBS, ""))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage("no secret");
    }
  }

  private static final class BrokenKeys implements EnvelopeKeys {
    @Override
    public EnvelopeKey current() {
      throw new IllegalStateException("secret store is out of reach");
    }

    @Override
    public Optional<EnvelopeKey> find(String id) {
      throw new NoClassDefFoundError("a client");
    }
  }

  @Nested
  class Signing {

    @Test
    void refuses_a_destination_that_is_no_arn() {
      assertThatThrownBy(() -> sealer.seal(ACME, "https://sqs/123/jobs", ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ARN");
      assertThatThrownBy(() -> sealer.seal(ACME, JOBS + "|x", ""))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_half_a_character_which_would_become_a_question_mark() {
      assertThatThrownBy(() -> Sealer.bytes("a\ud83d"))
          .isInstanceOf(EnvelopeRefusedException.class)
          .hasMessageContaining("half of a character");
    }
  }
}
