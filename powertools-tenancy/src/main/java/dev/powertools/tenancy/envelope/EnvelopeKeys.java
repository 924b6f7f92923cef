// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.FunctionRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the keys of envelopes come from: a part of the runtime, of the sender's and of the
 * receiver's. By default the environment variable {@value #VARIABLE}, in the form that {@link
 * #parse} reads. Implementations are thread-safe.
 *
 * <p>Keys change in three steps, none of which loses a message: add the new key behind the current
 * one, everywhere; then put it first; then give the old one its time of retirement. What a retired
 * key signed is accepted for 30 days, which is longer than a message can wait in a queue and its
 * dead-letter queue.
 *
 * <p>An implementation that can't tell throws whatever fits: nothing is sent then, and a record is
 * delivered again later ({@link EnvelopeKeysUnavailableException}).
 */
public interface EnvelopeKeys {

  /** The environment variable of the default. */
  String VARIABLE = "POWERTOOLS_TENANT_ENVELOPE_KEYS";

  /** The key to sign with. */
  EnvelopeKey current();

  /** The key of an id, a retired one too; empty if there never was one. */
  Optional<EnvelopeKey> find(String id);

  /**
   * The keys of a runtime: its part, or those of the environment.
   *
   * @throws dev.powertools.core.ConfigurationException if there are none, or they can't be read
   */
  static EnvelopeKeys in(FunctionRuntime runtime) {
    return runtime.part(EnvelopeKeys.class, KeyRing::ofEnvironment);
  }

  /**
   * Keys that are at hand.
   *
   * @param current the key to sign with
   * @param others what is accepted too: retired keys, and the one to come
   * @throws IllegalArgumentException if two have one id, or the current one is retired
   */
  static EnvelopeKeys of(EnvelopeKey current, EnvelopeKey... others) {
    List<EnvelopeKey> all = new ArrayList<>(List.of(others));
    all.add(0, current);
    return KeyRing.of(all);
  }

  /**
   * Reads keys, as a secret or an environment variable holds them: {@code id:secret} in Base64, the
   * current key first, then others, behind commas; a retired one with the time behind an {@code @}:
   * {@code k2:c2Vj…, k1:cmV0…@2026-10-01T00:00:00Z}.
   *
   * @throws IllegalArgumentException if the text has another form; no message repeats any of it but
   *     ids
   */
  static EnvelopeKeys parse(String text) {
    return KeyRing.parse(text);
  }

  /**
   * Keys that are loaded when first needed, as from a secret store, and again when they have grown
   * old, or when an envelope names an unknown key (though not twice within ten seconds). If loading
   * fails, those that are there stay in use for an hour; without any it fails.
   *
   * @param source gives the text that {@link #parse} reads
   * @param refresh how long they are used, such as five minutes
   */
  static EnvelopeKeys loaded(Supplier<String> source, Duration refresh) {
    return new LoadedKeys(source, refresh);
  }
}
