// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

/**
 * Work of one tenant asked for work of another, or of the system, within one invocation or record.
 * A unit of work has one tenant for as long as it lives.
 */
public final class TenantSwitchException extends TenantDeniedException {

  private static final long serialVersionUID = 1L;

  TenantSwitchException(String current) {
    super(
        "switch",
        "This unit of work is of tenant "
            + current
            + ", and what it called is of another one. Give each tenant's work an invocation, or a"
            + " record, of its own.",
        null);
  }
}
