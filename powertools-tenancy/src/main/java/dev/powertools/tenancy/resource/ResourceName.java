// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.source.KeyFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of something of AWS that is declared for tenants: one for all of them, or with the
 * tenant in it. Immutable.
 *
 * @param name the last part, without account and region
 * @param perTenant what it looks like if the tenant is in it
 * @param region where it is; null for the caller's own
 * @param account whose it is; null for the function's own
 */
public record ResourceName(
    String name, @Nullable KeyFormat perTenant, @Nullable String region, @Nullable String account) {

  static ResourceName of(String name, @Nullable String region, @Nullable String account) {
    KeyFormat perTenant = name.contains("{") ? KeyFormat.of(name) : null;
    return new ResourceName(name, perTenant, region, account);
  }

  /** Whether a name is this one, for a tenant. */
  public boolean isOf(String asked, TenantId tenant) {
    return perTenant == null ? name.equals(asked) : perTenant.isOf(asked, tenant);
  }

  /** Whether it has the tenant in it. */
  public boolean isSilo() {
    return perTenant != null;
  }

  /** Whether one name could be both. */
  boolean collidesWith(ResourceName other) {
    if (differ(region, other.region) || differ(account, other.account)) {
      return false;
    }
    if (perTenant != null) {
      return other.perTenant == null
          ? perTenant.isOfSomebody(other.name)
          : perTenant.collidesWith(other.perTenant);
    }
    return other.perTenant == null ? name.equals(other.name) : other.perTenant.isOfSomebody(name);
  }

  private static boolean differ(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.equals(other);
  }
}
