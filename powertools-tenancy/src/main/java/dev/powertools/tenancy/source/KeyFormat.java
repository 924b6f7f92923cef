// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.ConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * What keys look like that have a tenant in them: {@code TENANT#{tenant}#*}. Immutable.
 *
 * @param before what stands before the tenant
 * @param after what stands behind it
 * @param open whether anything may follow
 */
record KeyFormat(String before, String after, boolean open) {

  private static final String TENANT = "{tenant}";

  static KeyFormat of(String text) {
    int at = text.indexOf(TENANT);
    if (at < 0 || text.indexOf(TENANT, at + 1) >= 0) {
      throw wrong(text, "it needs {tenant}, once");
    }
    boolean open = text.endsWith("*");
    String after = text.substring(at + TENANT.length(), open ? text.length() - 1 : text.length());
    boolean separated = !after.isEmpty() && !isOfIds(after.charAt(0));
    if (open ? !separated : !after.isEmpty() && !separated) {
      throw wrong(text, "behind {tenant} something must stand that no id can hold, such as # or /");
    }
    return new KeyFormat(text.substring(0, at), after, open);
  }

  private static boolean isOfIds(char c) {
    return Character.isLetterOrDigit(c) || c == '-';
  }

  private static ConfigurationException wrong(String text, String why) {
    return new ConfigurationException(
        "the format \"" + text + "\": " + why + ", as in TENANT#{tenant}#* or tenants/{tenant}/*");
  }

  /** The tenant of a key; null if the key does not look so. */
  @Nullable String tenant(String key) {
    if (!key.startsWith(before)) {
      return null;
    }
    int end = after.isEmpty() ? key.length() : key.indexOf(after, before.length());
    boolean whole = end >= 0 && (open || end + after.length() == key.length());
    return whole ? key.substring(before.length(), end) : null;
  }
}
