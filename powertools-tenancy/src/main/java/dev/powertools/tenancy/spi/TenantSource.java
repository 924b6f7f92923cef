// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.spi;

import java.util.Objects;

/**
 * Where the tenant comes from. Immutable.
 *
 * @param name what it is called in refusals, such as {@code @FromJwt}
 * @param trust how far it is believed
 * @param resolver reads it
 * @param group of a group there is one source at most, since two would read the same place in
 *     different ways; empty text for none
 */
public record TenantSource(String name, Trust trust, TenantResolver resolver, String group) {

  /** Checks that nothing is missing. */
  public TenantSource {
    Objects.requireNonNull(trust, "trust");
    Objects.requireNonNull(resolver, "resolver");
    Objects.requireNonNull(group, "group");
    if (name.isBlank()) {
      throw new IllegalArgumentException("A source of the tenant needs a name, for refusals");
    }
  }

  /** A source of no group. */
  public static TenantSource of(String name, Trust trust, TenantResolver resolver) {
    return new TenantSource(name, trust, resolver, "");
  }
}
