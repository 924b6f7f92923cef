// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.spi;

import dev.powertools.core.Timing;
import dev.powertools.tenancy.TenantId;

/**
 * Knows the tenants. A part of the runtime ({@code builder().part(TenantDirectory.class, …)}); a
 * runtime without one takes every well-formed id that is proved for an active tenant's. Asked for
 * each unit of work before anything of the function runs, so it is to be fast: see {@link #cached}.
 * Thread-safe.
 */
@FunctionalInterface
public interface TenantDirectory {

  /**
   * What is known about a tenant. Whatever this throws refuses the work for now, to be delivered
   * again; never does it let the work run.
   */
  TenantStatus status(TenantId tenant);

  /**
   * A directory that remembers the answers of another: for 60 seconds, and for up to 5 minutes if
   * the other one throws; at most 10,000 of them.
   *
   * @param directory the other one
   * @param timing the clock, of the runtime
   */
  static TenantDirectory cached(TenantDirectory directory, Timing timing) {
    return new CachedDirectory(directory, timing);
  }
}
