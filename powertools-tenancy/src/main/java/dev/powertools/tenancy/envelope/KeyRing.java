// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys that are at hand. Messages tell of positions and ids, never of the text. Immutable. */
final class KeyRing implements EnvelopeKeys {

  private static final String FORM =
      "Expected id:secret, the secret in Base64, the current key first, others behind commas, a"
          + " retired one with @ and the time behind it: k2:…, k1:…@2026-10-01T00:00:00Z";

  private final EnvelopeKey current;
  private final Map<String, EnvelopeKey> byId;

  private KeyRing(EnvelopeKey current, Map<String, EnvelopeKey> byId) {
    this.current = current;
    this.byId = byId;
  }

  static KeyRing of(List<EnvelopeKey> keys) {
    EnvelopeKey current = keys.get(0);
    if (current.retiredAt().isPresent()) {
      throw new IllegalArgumentException(
          "The " + current + ", is not to be signed with. Name the current key first.");
    }
    Map<String, EnvelopeKey> byId = new LinkedHashMap<>();
    for (EnvelopeKey key : keys) {
      if (byId.put(key.id(), key) != null) {
        throw new IllegalArgumentException(
            "There are two envelope keys with the id " + key.id() + ". Give each its own.");
      }
    }
    return new KeyRing(current, Map.copyOf(byId));
  }

  static KeyRing parse(String text) {
    List<EnvelopeKey> keys = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      keys.add(key(each.strip(), keys.size() + 1));
    }
    return of(keys);
  }

  private static EnvelopeKey key(String text, int number) {
    int colon = text.indexOf(':');
    int at = text.indexOf('@');
    if (colon < 0 || (at >= 0 && at < colon)) {
      throw misfit(number, "is not an id, a colon and a secret");
    }
    String secret = text.substring(colon + 1, at < 0 ? text.length() : at);
    EnvelopeKey key = EnvelopeKey.of(text.substring(0, colon), secret(secret, number));
    return at < 0 ? key : key.retired(time(text.substring(at + 1), number));
  }

  /** Without the decoder's exception, which tells a character of the secret. */
  private static byte[] secret(String base64, int number) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw misfit(number, "has a secret that is not Base64");
    }
  }

  private static Instant time(String text, int number) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw misfit(number, "has a time of retirement that is none");
    }
  }

  private static IllegalArgumentException misfit(int number, String problem) {
    return new IllegalArgumentException("Envelope key " + number + " " + problem + ". " + FORM);
  }

  /**
   * Those of the environment. Not read as a {@code ConfigKey}, whose message would repeat the
   * value.
   *
   * @throws ConfigurationException if there are none, or they can't be read
   */
  static KeyRing ofEnvironment(FunctionRuntime runtime) {
    String text =
        runtime
            .config()
            .variable(VARIABLE)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "There are no keys for tenant envelopes. Set the environment variable "
                            + VARIABLE
                            + ", or give the runtime a part of type EnvelopeKeys. "
                            + FORM));
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "The environment variable " + VARIABLE + " can't be used. " + e.getMessage(), e);
    }
  }

  @Override
  public EnvelopeKey current() {
    return current;
  }

  @Override
  public Optional<EnvelopeKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The ids, and no secret. */
  @Override
  public String toString() {
    return "envelope keys " + byId.keySet() + ", current " + current.id();
  }
}
