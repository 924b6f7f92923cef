// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** What events say of which nobody told them otherwise: the same in every run. */
final class Defaults {

  static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  static final String ACCOUNT = "123456789012";
  static final String REGION = "us-east-1";

  private Defaults() {}

  /**
   * An id that follows from what it identifies: the same thing has the same one in each run, and
   * different things have different ones.
   */
  static String uuid(Object... parts) {
    StringBuilder name = new StringBuilder();
    for (Object part : parts) {
      name.append(part).append('\0');
    }
    return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** An id of AWS's kind without hyphens, of as many hexadecimal digits. */
  static String hex(int digits, Object... parts) {
    return uuid(parts).replace("-", "").substring(0, digits);
  }
}
