// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.tenancy.TenantContext;
import dev.powertools.tenancy.TenantId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkClient;

/**
 * The clients of the tenants that were asked for last, each made once. One that has to go is closed
 * when no work goes on any more in which it was asked for. Thread-safe; the lock is not held while
 * a client is made.
 */
final class ClientPool<C extends SdkClient> {

  private final int max;
  private final ClientFactory<?, C> factory;
  private final Map<TenantId, BoundClient<C>> clients = new LinkedHashMap<>(16, 0.75f, true);
  private final List<BoundClient<C>> retired = new ArrayList<>();

  ClientPool(int max, ClientFactory<?, C> factory) {
    this.max = max;
    this.factory = factory;
  }

  C client(TenantContext scope) {
    return entry(scope).client(factory);
  }

  /** Asks under the lock, so that an entry that goes is known to be in use. */
  private synchronized BoundClient<C> entry(TenantContext scope) {
    TenantId id = scope.id();
    BoundClient<C> entry = clients.get(id);
    if (entry == null) {
      makeRoom();
      entry = new BoundClient<>(new BoundTenant(id));
      clients.put(id, entry);
    }
    entry.tenant().ask(scope);
    return entry;
  }

  private void makeRoom() {
    closeIdle();
    if (clients.size() >= max) {
      Iterator<BoundClient<C>> eldest = clients.values().iterator();
      retire(eldest.next());
      eldest.remove();
    }
  }

  private void retire(BoundClient<C> entry) {
    retired.add(entry);
    closeIdle();
  }

  private void closeIdle() {
    retired.removeIf(
        entry -> {
          boolean idle = !entry.isInUse();
          if (idle) {
            entry.close();
          }
          return idle;
        });
  }

  synchronized void purge(TenantId id) {
    factory.forget(id);
    BoundClient<C> entry = clients.remove(id);
    if (entry != null) {
      retire(entry);
    }
  }

  synchronized void close() {
    clients.values().forEach(BoundClient::close);
    clients.clear();
    retired.forEach(BoundClient::close);
    retired.clear();
  }

  /** How many attempts are about to be sent. */
  int approvals() {
    return factory.guard().approvals().size();
  }

  /** How many clients are open. */
  synchronized int size() {
    return clients.size() + retired.size();
  }
}
