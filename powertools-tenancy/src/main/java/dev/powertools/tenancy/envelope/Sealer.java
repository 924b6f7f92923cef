// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.Timing;
import dev.powertools.tenancy.TenantGrammar;
import dev.powertools.tenancy.TenantId;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Signs and opens envelopes with the keys and the time of one runtime.
 *
 * <p>An envelope that names a key is first proven to be that key's work, and only then compared
 * with the message that it came with: so the reasons for a refusal are facts, and tell an attacker
 * who can't sign nothing but that. Thread-safe.
 */
final class Sealer {

  static final Duration GRACE = Duration.ofDays(30);

  private final EnvelopeKeys keys;
  private final Timing timing;

  Sealer(EnvelopeKeys keys, Timing timing) {
    this.keys = keys;
    this.timing = timing;
  }

  static Sealer of(FunctionRuntime runtime) {
    return new Sealer(EnvelopeKeys.in(runtime), runtime.timing());
  }

  /**
   * What a genuine envelope says.
   *
   * @param tenant the id that its sender had, whatever its grammar
   */
  record Opened(String tenant, Instant issuedAt) {

    TenantId tenant(TenantGrammar grammar) {
      if (!grammar.matches(tenant)) {
        throw new EnvelopeRefusedException(EnvelopeRefusal.NO_TENANT);
      }
      return grammar.parse(tenant);
    }

    /** Not the tenant: it may be of another grammar than the receiver's. */
    @Override
    public String toString() {
      return "an envelope of " + issuedAt;
    }
  }

  String seal(TenantId tenant, String destination, String body) {
    if (!EnvelopeText.isDestination(destination)) {
      throw new IllegalArgumentException(
          "An envelope is for a queue, topic or bus by its ARN, and \""
              + destination
              + "\" is none");
    }
    EnvelopeKey key = available(keys::current);
    String issuedAt = Long.toString(timing.now().toEpochMilli());
    EnvelopeText unsigned =
        new EnvelopeText(key.id(), tenant.value(), issuedAt, destination, hash(body), "");
    String text = unsigned.signed(signature(key, unsigned)).text();
    if (text.length() > EnvelopeText.MOST_CHARACTERS) {
      throw new IllegalArgumentException("The envelope is too long, by its destination's ARN");
    }
    return text;
  }

  /**
   * Proves an envelope.
   *
   * @param destinations whose messages are accepted
   * @throws EnvelopeRefusedException if it does not prove the tenant of this body, here
   * @throws EnvelopeKeysUnavailableException if that can't be told
   */
  Opened open(String envelope, Set<String> destinations, String body) {
    EnvelopeText text = EnvelopeText.parse(envelope);
    requireGenuine(text, key(text));
    if (!destinations.contains(text.destination())) {
      throw new EnvelopeRefusedException(
          EnvelopeRefusal.OTHER_DESTINATION, ", " + text.destination());
    }
    if (!isSame(text.bodyHash(), hash(body))) {
      throw new EnvelopeRefusedException(EnvelopeRefusal.OTHER_BODY);
    }
    return new Opened(text.tenant(), Instant.ofEpochMilli(Long.parseLong(text.issuedAt())));
  }

  private EnvelopeKey key(EnvelopeText text) {
    EnvelopeKey key =
        available(() -> keys.find(text.key()))
            .orElseThrow(() -> new EnvelopeRefusedException(EnvelopeRefusal.UNKNOWN_KEY));
    boolean over = key.retiredAt().filter(at -> at.plus(GRACE).isBefore(timing.now())).isPresent();
    if (over) {
      throw new EnvelopeRefusedException(EnvelopeRefusal.RETIRED_KEY, ", " + key);
    }
    return key;
  }

  private static void requireGenuine(EnvelopeText text, EnvelopeKey key) {
    if (!isSame(signature(key, text), text.signature())) {
      throw new EnvelopeRefusedException(EnvelopeRefusal.FORGED);
    }
  }

  /** Fails closed, and so that the work is tried again. */
  private static <T> T available(Supplier<T> keys) {
    try {
      return Objects.requireNonNull(keys.get(), "EnvelopeKeys returned null");
    } catch (PowertoolsException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new EnvelopeKeysUnavailableException(e);
    }
  }

  /** In time that does not depend on where they differ. */
  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String signature(EnvelopeKey key, EnvelopeText text) {
    return base64(key.mac(text.input()));
  }

  private static String hash(String body) {
    try {
      return base64(MessageDigest.getInstance("SHA-256").digest(bytes(body)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * A body's bytes. Lone surrogates have none: encoders put question marks in their place, and two
   * bodies would have one hash.
   *
   * @throws EnvelopeRefusedException if there are any
   */
  static byte[] bytes(String body) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(body));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new EnvelopeRefusedException(
          EnvelopeRefusal.OTHER_BODY, ": it holds half of a character, which UTF-8 can't carry");
    }
  }
}
