// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import java.nio.charset.StandardCharsets;

/** A value of a line that is JSON already: redacted, cut and valid. Immutable. */
final class PayloadJson {

  private final byte[] json;

  PayloadJson(byte[] json) {
    this.json = json;
  }

  byte[] json() {
    return json;
  }

  /** For layouts that are not ours. */
  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }
}
