// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.util.UUID;

/** Makes X-Ray trace headers. */
final class TraceIds {
  private TraceIds() {}

  /** A random header of the form Lambda sends; unsampled, since nobody collects it here. */
  static String random() {
    String random = UUID.randomUUID().toString().replace("-", "");
    String other = UUID.randomUUID().toString().replace("-", "");
    String root = "1-" + other.substring(0, 8) + "-" + random.substring(0, 24);
    return "Root=" + root + ";Parent=" + other.substring(16) + ";Sampled=0";
  }
}
