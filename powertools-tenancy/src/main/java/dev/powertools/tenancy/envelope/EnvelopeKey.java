// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A secret by which envelopes are signed (HMAC-SHA-256), and the id under which both sides know it.
 * The secret can't be read back, and is in no text. Immutable and thread-safe.
 */
public final class EnvelopeKey {

  /** As many bytes as a secret has at least: the output of the hash (RFC 2104, section 3). */
  public static final int LEAST_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private final String id;
  private final SecretKeySpec secret;
  private final @Nullable Instant retiredAt;

  private EnvelopeKey(String id, SecretKeySpec secret, @Nullable Instant retiredAt) {
    this.id = id;
    this.secret = secret;
    this.retiredAt = retiredAt;
  }

  /**
   * A key that is in use, or is going to be.
   *
   * @param id 1 to 32 letters, digits, {@code -} and {@code _}; never used for another secret
   * @param secret {@value #LEAST_BYTES} random bytes at least; copied
   * @throws IllegalArgumentException if the id has another form or the secret is too short
   */
  public static EnvelopeKey of(String id, byte[] secret) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "The id of an envelope key has 1 to 32 letters, digits, - and _; this one has not");
    }
    if (secret.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "The envelope key "
              + id
              + " has "
              + secret.length
              + " bytes. Make it of "
              + LEAST_BYTES
              + " random bytes at least, as `openssl rand -base64 32` does.");
    }
    return new EnvelopeKey(id, new SecretKeySpec(secret, ALGORITHM), null);
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /**
   * The same key, no longer in use.
   *
   * @param since when it was last signed with; what it signed is accepted for 30 days longer
   */
  public EnvelopeKey retired(Instant since) {
    return new EnvelopeKey(id, secret, Objects.requireNonNull(since));
  }

  /** The id. */
  public String id() {
    return id;
  }

  /** Since when it is no longer in use; empty if it is. */
  public Optional<Instant> retiredAt() {
    return Optional.ofNullable(retiredAt);
  }

  /** The code that authenticates an input. */
  byte[] mac(byte[] input) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }

  /** The id, and never the secret. */
  @Override
  public String toString() {
    return "envelope key " + id + (retiredAt == null ? "" : ", retired " + retiredAt);
  }
}
