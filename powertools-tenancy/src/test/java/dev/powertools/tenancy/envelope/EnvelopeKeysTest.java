// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import static dev.powertools.tenancy.envelope.KeyFixtures.base64;
import static dev.powertools.tenancy.envelope.KeyFixtures.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.Scope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeKeysTest {

  @Nested
  class As_text {

    @Test
    void the_first_is_the_current_one_and_others_are_known() {
      EnvelopeKeys keys =
          EnvelopeKeys.parse("k2:" + base64(2) + ", k1:" + base64(1) + "@2026-10-01T00:00:00Z");

      assertThat(keys.current().id()).isEqualTo("k2");
      assertThat(keys.find("k2")).containsSame(keys.current());
      assertThat(keys.find("k1").orElseThrow().retiredAt())
          .contains(Instant.parse("2026-10-01T00:00:00Z"));
      assertThat(keys.find("k3")).isEmpty();
      assertThat(keys.current().mac(new byte[0])).isEqualTo(key("x", 2).mac(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "SECRETSECRET",
          "k1:SECRETSECRET",
          "k1:SECRET!SECRET",
          "k1:AAAA,",
          "k1@2026-10-01T00:00:00Z:SECRET",
          "k1:SECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRET@yesterday",
          "k1:SECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRET@2026-10-01T00:00:00Z",
          "k1:SECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRET,k1:SECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRET",
          "k 1:SECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRET"
        })
    void that_is_wrong_is_refused_and_not_repeated(String text) {
      FunctionRuntime runtime =
          FunctionRuntime.builder().config(Config.of(Map.of(EnvelopeKeys.VARIABLE, text))).build();

      assertThatThrownBy(() -> KeyRing.ofEnvironment(runtime))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(EnvelopeKeys.VARIABLE)
          .satisfies(e -> assertThat(withCauses(e)).doesNotContain("SECRET"));
    }

    private String withCauses(Throwable failure) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      return text.toString();
    }
  }

  @Test
  void no_text_of_a_key_tells_its_secret() {
    EnvelopeKeys keys =
        EnvelopeKeys.of(key("k2", 'S'), key("k1", 'S').retired(Instant.EPOCH), key("k3", 'S'));

    assertThat(keys).hasToString("envelope keys " + keys.toString().substring(14));
    assertThat(keys + " " + keys.current() + " " + keys.find("k1"))
        .contains("k1", "k2", "k3")
        .doesNotContain("SSS", base64('S').substring(0, 8), "5353", "83, 83");
  }

  @Test
  void a_secret_has_32_bytes_at_least() {
    assertThatThrownBy(() -> EnvelopeKey.of("k1", new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("k1 has 31 bytes")
        .hasMessageContaining("openssl rand");
  }

  @Test
  void a_secret_that_its_maker_overwrites_stays() {
    byte[] secret = KeyFixtures.secret(1);
    EnvelopeKey made = EnvelopeKey.of("k1", secret);
    secret[0] = 99;

    assertThat(made.mac(new byte[1])).isEqualTo(key("k1", 1).mac(new byte[1]));
  }

  @Nested
  class Loaded {

    private final KeyFixtures.Clock clock = new KeyFixtures.Clock();
    private final FunctionRuntime runtime = FunctionRuntime.builder().timing(clock).build();
    private final EnvelopeKeys keys = EnvelopeKeys.loaded(this::load, Duration.ofMinutes(5));
    private String text = "k1:" + base64(1);
    private int loads;
    private boolean broken;

    private String load() {
      loads++;
      if (broken) {
        throw new IllegalStateException("out of reach");
      }
      return text;
    }

    private void within(Runnable test) {
      try (var scope = Scope.of(runtime).attach()) {
        test.run();
      }
    }

    @Test
    void once_while_they_are_fresh() {
      within(
          () -> {
            keys.current();
            keys.find("k1");
            clock.forward(Duration.ofMinutes(5));
            keys.current();
          });

      assertThat(loads).isEqualTo(1);
    }

    @Test
    void again_when_they_are_old() {
      within(
          () -> {
            keys.current();
            text = "k2:" + base64(2);
            clock.forward(Duration.ofMinutes(5).plusNanos(1));
            assertThat(keys.current().id()).isEqualTo("k2");
          });
    }

    @Test
    void again_for_an_id_that_is_not_known_but_not_for_each() {
      within(
          () -> {
            keys.current();
            text = "k2:" + base64(2) + ",k1:" + base64(1);
            clock.forward(Duration.ofSeconds(10));
            assertThat(keys.find("k2")).isPresent();
            for (int i = 0; i < 1000; i++) {
              clock.forward(Duration.ofMillis(9));
              assertThat(keys.find("attack" + i)).isEmpty();
            }
          });

      assertThat(loads).isEqualTo(2);
    }

    @Test
    void stay_for_an_hour_if_loading_fails() {
      within(
          () -> {
            keys.current();
            broken = true;
            clock.forward(Duration.ofHours(1));
            assertThat(keys.current().id()).isEqualTo("k1");
            clock.forward(Duration.ofSeconds(11));
            assertThatThrownBy(keys::current).hasMessage("out of reach");
          });
    }

    @Test
    void fail_where_there_never_were_any() {
      broken = true;
      within(() -> assertThatThrownBy(keys::current).hasMessage("out of reach"));
    }
  }
}
