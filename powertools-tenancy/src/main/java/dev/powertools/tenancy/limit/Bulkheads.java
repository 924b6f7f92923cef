// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.tenancy.TenantId;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls under way of all tenants. A tenant is in here only while it has one, so there are never
 * more of them than calls. Those that nobody knows count as one. Thread-safe.
 */
final class Bulkheads {

  private static final String UNKNOWN = "";

  private final String resource;
  private final Quota quota;
  private final Map<String, Seats> byTenant = new ConcurrentHashMap<>();

  Bulkheads(String resource, Quota quota) {
    this.resource = resource;
    this.quota = quota;
  }

  /** A call under way, until it is closed, which must happen once. */
  @FunctionalInterface
  interface Entered extends AutoCloseable {
    @Override
    void close();
  }

  /** What is under way for one tenant; guarded by the map's lock of its entry. */
  private static final class Seats {
    private final Bulkhead bulkhead;
    private int taken;

    Seats(Bulkhead bulkhead) {
      this.bulkhead = bulkhead;
    }

    boolean enter() {
      boolean entered = bulkhead.tryAcquirePermission();
      taken += entered ? 1 : 0;
      return entered;
    }

    @Nullable Seats left() {
      bulkhead.releasePermission();
      taken--;
      return taken == 0 ? null : this;
    }
  }

  /** Begins a call; {@code null} if the tenant has as many as it may. */
  @Nullable Entered enter(TenantId tenant, @Nullable TenantTiers tiers) {
    Integer number = quota.of(tenant, tiers);
    String key = number == null ? UNKNOWN : tenant.value();
    int most = number == null ? quota.base() : number;
    boolean[] entered = new boolean[1];
    byTenant.compute(
        key,
        (k, present) -> {
          Seats seats = present == null ? new Seats(bulkhead(most)) : present;
          entered[0] = seats.enter();
          return seats;
        });
    return entered[0] ? () -> leave(key) : null;
  }

  private void leave(String key) {
    byTenant.computeIfPresent(key, (k, seats) -> seats.left());
  }

  private Bulkhead bulkhead(int most) {
    return Bulkhead.of(
        resource,
        BulkheadConfig.custom().maxConcurrentCalls(most).maxWaitDuration(Duration.ZERO).build());
  }

  int size() {
    return byTenant.size();
  }
}
