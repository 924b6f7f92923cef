// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.ConfigurationException;
import dev.powertools.tenancy.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How much a tenant may have, and tenants of certain tiers instead. Immutable. */
record Quota(int base, Map<String, Integer> byTier) {

  Quota {
    byTier = Map.copyOf(byTier);
  }

  /** Reads an annotation's values; tiers as {@code gold:500}. */
  static Quota of(String attribute, int base, String... tiers) {
    Map<String, Integer> byTier = new TreeMap<>();
    for (String tier : tiers) {
      int colon = tier.lastIndexOf(':');
      String name = colon < 0 ? "" : tier.substring(0, colon).strip();
      if (name.isEmpty() || byTier.put(name, number(tier, tier.substring(colon + 1))) != null) {
        throw misfit(tier);
      }
    }
    return new Quota(base, byTier).checked(attribute);
  }

  private static int number(String tier, String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw misfit(tier);
    }
  }

  private static ConfigurationException misfit(String tier) {
    return new ConfigurationException(
        "tier is \"" + tier + "\". Name each tier once, with a colon and its number: gold:500.");
  }

  /** Itself, if all its numbers are positive. */
  Quota checked(String attribute) {
    requirePositive(attribute, base);
    byTier.forEach((tier, number) -> requirePositive(attribute + " of tier " + tier, number));
    return this;
  }

  private static void requirePositive(String what, int number) {
    if (number < 1) {
      throw new ConfigurationException(
          what + " is " + number + ", and must be 1 at least. Deny a tenant elsewhere.");
    }
  }

  /** What a tenant may have; {@code null} if nobody knows it. */
  @Nullable Integer of(TenantId tenant, @Nullable TenantTiers tiers) {
    if (tiers == null) {
      return base;
    }
    Optional<String> tier = tiers.tierOf(tenant);
    return tier.isEmpty() ? null : byTier.getOrDefault(tier.get(), base);
  }
}
