// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.ConfigKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shortens ids that were refused to something that tells two apart and does not tell them: the
 * first 8 bytes of their HMAC-SHA-256 under a key of the execution environment, or of the variable
 * below, for lines that are to be compared. Immutable.
 */
final class ForeignId {

  private static final ConfigKey<String> KEY =
      ConfigKey.text(
          "POWERTOOLS_TENANCY_HASH_KEY",
          "The key under which refused tenant ids are hashed for log lines; random if not set.");

  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int SHOWN_BYTES = 8;

  private final SecretKeySpec key;

  private ForeignId(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC);
  }

  static ForeignId of(FunctionRuntime runtime) {
    return runtime.part(
        ForeignId.class,
        r ->
            new ForeignId(
                r.config()
                    .find(KEY)
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .orElseGet(ForeignId::random)));
  }

  private static byte[] random() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  String hash(String id) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      byte[] hash = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has " + HMAC, e);
    }
  }
}
