// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.spi;

/** What a directory says about a tenant. */
public enum TenantStatus {
  /** Its work runs. */
  ACTIVE,
  /** It is known, and its work is refused. */
  SUSPENDED,
  /** There is no such tenant; its work is refused. */
  UNKNOWN
}
