// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.tenancy.TenantId;
import java.util.Optional;

/**
 * Who has which tier: a part of the runtime, for limits that differ by tier. Asked for each call
 * that is limited, so an implementation that has to look further than memory keeps what it found.
 * What it throws fails the call. Thread-safe.
 */
@FunctionalInterface
public interface TenantTiers {

  /**
   * The tier of a tenant, one without limits of its own too.
   *
   * @return empty if there is no such tenant: those share one limit among them
   */
  Optional<String> tierOf(TenantId tenant);
}
