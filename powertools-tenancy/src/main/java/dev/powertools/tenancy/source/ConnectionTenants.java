// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import java.util.Optional;

/**
 * Remembers to which tenant a connection of a WebSocket API was bound when its {@code $connect} was
 * authorized; a part of the runtime, a table as a rule. Thread-safe.
 */
@FunctionalInterface
public interface ConnectionTenants {

  /** The id, as it was proved on {@code $connect}; empty if the connection is unknown. */
  Optional<String> tenantOf(String connectionId);
}
