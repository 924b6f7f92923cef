// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import org.jspecify.annotations.Nullable;

/** What may travel as the value of an HTTP header. */
final class Header {
  static final String EXPECTED = "text without control characters";

  private Header() {}

  static boolean isValue(@Nullable String value) {
    return value == null || value.chars().noneMatch(c -> c < ' ' || c == 127);
  }
}
