// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.json.JsonPointer;
import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.spi.TenantResolver;
import java.util.Optional;

/** To whom the connection of a WebSocket API was bound. */
final class BoundConnection implements TenantResolver {

  private static final JsonPointer CONNECTION = JsonPointer.of("/requestContext/connectionId");

  @Override
  public Optional<String> resolve(FunctionInvocation work) {
    Exact.requireNoRecord(work);
    String id = Exact.text(work.event(), CONNECTION).orElse(null);
    if (id == null) {
      return Optional.empty();
    }
    ConnectionTenants tenants =
        work.runtime()
            .part(ConnectionTenants.class)
            .orElseThrow(
                () ->
                    new TenantDeniedException(
                        "connection",
                        "Nobody knows to whom connections were bound: give the runtime a"
                            + " ConnectionTenants (builder().part(ConnectionTenants.class, …)).",
                        null));
    return tenants.tenantOf(id);
  }
}
