// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A secret that is one tenant's and occurs nowhere else: to be put into that tenant's event, and
 * looked for afterwards where it must not be. It is never kept as text, or the search of the heap
 * would find the test's own copy: so a test should hold the canary, and use its {@link #text}
 * within one expression only. Immutable.
 */
public final class Canary {

  private static final int MASK = 0x55;
  private static final int LENGTH = 24;

  private final String tenant;
  private final byte[] disguised;

  Canary(String tenant, SecureRandom random) {
    this.tenant = tenant;
    this.disguised = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      disguised[i] = (byte) (('a' + random.nextInt(26)) ^ MASK);
    }
  }

  /** Whose secret it is. */
  public String tenant() {
    return tenant;
  }

  /** The secret, lower-case letters; a new string at each call, not to be kept. */
  public String text() {
    return new String(bytes(), StandardCharsets.ISO_8859_1);
  }

  byte[] bytes() {
    byte[] plain = disguised.clone();
    for (int i = 0; i < plain.length; i++) {
      plain[i] ^= MASK;
    }
    return plain;
  }

  /** Names the tenant, and not the secret. */
  @Override
  public String toString() {
    return "canary of " + tenant;
  }
}
