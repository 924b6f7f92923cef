// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

/** Hears, as a part of a runtime, which clients are made in it. For tests that attack them. */
@FunctionalInterface
public interface TenantClientsListener {

  /**
   * Clients can be asked for in the runtime in force.
   *
   * @param isolation the type whose annotations say what is the tenants'
   * @param clients the clients; none was asked for yet
   */
  void made(Class<?> isolation, TenantClients<?> clients);
}
