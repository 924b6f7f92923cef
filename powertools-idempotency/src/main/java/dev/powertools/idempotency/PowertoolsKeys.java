// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.core.json.TypedCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The ids that AWS Powertools for Java gives to its records: function, method, and the MD5 of the
 * selected value. Text, whole numbers and flags are hashed as they print, without databind; for all
 * else see {@link PowertoolsJson}. Thread-safe.
 */
final class PowertoolsKeys {

  private final String operation;
  private final String prefix;
  private final KeySource source;
  private final boolean shared;
  private final TypedCodec<String> strings = PayloadCodec.standard().forClass(String.class);
  private volatile @Nullable PowertoolsJson json;

  PowertoolsKeys(String function, String method, KeySource source, boolean shared) {
    this.operation = method;
    this.prefix = function + "." + method + "#";
    this.source = source;
    this.shared = shared;
  }

  /** Whether it was accepted that keys hold nothing of what the runtime keeps apart. */
  boolean shared() {
    return shared;
  }

  /** The argument that the key is in. */
  int argument() {
    return source.argument();
  }

  /**
   * The key of one call.
   *
   * @throws IdempotencyKeyException if it is missing, null or empty, or cannot be read
   * @throws ConfigurationException if databind is needed and missing
   */
  ClaimKey of(@Nullable Object argument) {
    String text = text(argument);
    byte[] digest = md5().digest(text.getBytes(StandardCharsets.UTF_8));
    String hash = HexFormat.of().formatHex(digest);
    return new ClaimKey(prefix + hash, operation, hash);
  }

  private String text(@Nullable Object argument) {
    source.read(argument); // says what is wrong with the key
    byte[] raw = EventView.of(argument).json(source.pointer()).orElseThrow();
    if (raw[0] == '"') {
      return String.valueOf(strings.read(raw));
    }
    String text = new String(raw, StandardCharsets.UTF_8);
    return text.matches("true|false|-?[0-9]+") ? text : json().text(argument, source.pointer());
  }

  private PowertoolsJson json() {
    PowertoolsJson present = json;
    if (present == null) {
      try {
        present = new PowertoolsJson();
      } catch (NoClassDefFoundError e) {
        throw new ConfigurationException(
            "keyFormat = AWS_POWERTOOLS hashes this key, which is no text, whole number or flag, as"
                + " Jackson databind writes it, and that is not on the class path. Add"
                + " com.fasterxml.jackson.core:jackson-databind, or point to a value inside it.",
            e);
      }
      json = present;
    }
    return present;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
