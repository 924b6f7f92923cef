// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.ConfigurationException;
import dev.powertools.tenancy.TenantGrammar;
import dev.powertools.tenancy.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What keys and names look like that have a tenant in them: {@code TENANT#{tenant}#*}. A format by
 * which a key could be two tenants' is refused. Immutable.
 *
 * @param before what stands before the tenant
 * @param after what stands behind it
 * @param open whether anything may follow
 */
public record KeyFormat(String before, String after, boolean open) {

  private static final String TENANT = "{tenant}";

  /**
   * Reads a format: {@code {tenant}}, once, and perhaps a {@code *} at the end for any rest.
   *
   * @throws ConfigurationException if it is none, or one tenant's ids could swallow another's
   */
  public static KeyFormat of(String text) {
    int at = text.indexOf(TENANT);
    if (at < 0 || text.indexOf(TENANT, at + 1) >= 0) {
      throw wrong(text, "it needs {tenant}, once");
    }
    boolean open = text.endsWith("*");
    String after = text.substring(at + TENANT.length(), open ? text.length() - 1 : text.length());
    if (open && (after.isEmpty() || isOfIds(after.charAt(0)))) {
      throw wrong(text, "behind {tenant} something must stand that no id can hold, such as # or /");
    }
    return new KeyFormat(text.substring(0, at), after, open);
  }

  private static boolean isOfIds(int c) {
    return Character.isLetterOrDigit(c) || c == '-';
  }

  private static ConfigurationException wrong(String text, String why) {
    return new ConfigurationException(
        "the format \"" + text + "\": " + why + ", as in TENANT#{tenant}#* or tenants/{tenant}/*");
  }

  /** The tenant of a key; null if the key does not look so. */
  public @Nullable String tenant(String key) {
    if (!key.startsWith(before)) {
      return null;
    }
    int end = open ? key.indexOf(after, before.length()) : key.length() - after.length();
    boolean whole = end >= before.length() && key.startsWith(after, end);
    return whole ? key.substring(before.length(), end) : null;
  }

  /** Whether a key is a tenant's. */
  public boolean isOf(String key, TenantId tenant) {
    String id = tenant.value();
    int end = before.length() + id.length();
    return key.startsWith(before)
        && key.startsWith(id, before.length())
        && key.startsWith(after, end)
        && (open || key.length() == end + after.length());
  }

  /** The key of a tenant, or what its keys begin with. */
  public String of(TenantId tenant) {
    return before + tenant.value() + after;
  }

  /** Whether a key could be some tenant's. */
  public boolean isOfSomebody(String key) {
    String tenant = tenant(key);
    if (tenant != null) {
      for (TenantGrammar grammar : TenantGrammar.values()) {
        if (grammar.matches(tenant)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a key could be one tenant's by this format and another's by the other. */
  public boolean collidesWith(KeyFormat other) {
    if (open || other.open) {
      return before.startsWith(other.before) || other.before.startsWith(before);
    }
    return more(before, other.before, String::startsWith, true)
        && more(after, other.after, String::endsWith, false);
  }

  /** How one text can be a part of another. */
  @FunctionalInterface
  private interface Part {
    boolean of(String whole, String part);
  }

  /** Whether one text is the other and more beside the tenant, which an id could have in it. */
  private static boolean more(String one, String other, Part part, boolean atEnd) {
    boolean first = one.length() >= other.length();
    String longer = first ? one : other;
    int shorter = first ? other.length() : one.length();
    int from = atEnd ? shorter : 0;
    int to = atEnd ? longer.length() : longer.length() - shorter;
    return part.of(longer, first ? other : one)
        && longer.substring(from, to).chars().allMatch(KeyFormat::isOfIds);
  }

  /** As it was written. */
  @Override
  public String toString() {
    return before + TENANT + after + (open ? "*" : "");
  }
}
