// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.aws.TenantClients;
import dev.powertools.tenancy.resource.TenantResources;

/**
 * Clients of one service that a handler under attack has made.
 *
 * @param isolation the type with the declarations
 * @param clients the clients
 * @param runtime the runtime that they were made in
 */
record Guarded(Class<?> isolation, TenantClients<?> clients, FunctionRuntime runtime) {

  TenantResources resources() {
    return TenantResources.of(isolation, runtime);
  }
}
