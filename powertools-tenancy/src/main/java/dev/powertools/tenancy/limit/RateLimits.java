// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.Timing;
import dev.powertools.tenancy.TenantId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The calls of all tenants, in so many buckets at most.
 *
 * <p>Room is made by forgetting the bucket that was used longest ago, but only when all its permits
 * are there again: whoever has used some can't get fresh ones by having others push it out. While
 * all buckets are in use, tenants that come new share one, as those do that nobody knows: a flood
 * of made-up tenants costs neither memory nor the limits of those that are here. Thread-safe.
 */
final class RateLimits {

  private final String resource;
  private final Quota quota;
  private final Duration per;
  private final int most;
  private final Timing timing;
  private final Map<Place, RateBucket> places = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable RateBucket shared;
  private boolean warned;

  RateLimits(String resource, Quota quota, Duration per, int most, Timing timing) {
    this.resource = resource;
    this.quota = quota;
    this.per = per;
    this.most = most;
    this.timing = timing;
  }

  /**
   * A tenant in a tier. One that goes from tier to tier has used in each what it has used: a bucket
   * made anew at each change would be full each time. No record, whose first hash costs a starting
   * function milliseconds.
   */
  private static final class Place {

    private final TenantId tenant;
    private final int permits;

    Place(TenantId tenant, int permits) {
      this.tenant = tenant;
      this.permits = permits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place place
          && place.permits == permits
          && place.tenant.equals(tenant);
    }

    @Override
    public int hashCode() {
      return tenant.hashCode() * 31 + permits;
    }
  }

  /** Takes a permit; or how long it is until there is one. */
  @Nullable Duration take(TenantId tenant, @Nullable TenantTiers tiers) {
    Integer permits = quota.of(tenant, tiers);
    RateBucket bucket = permits == null ? shared() : bucket(tenant, permits);
    return bucket.take();
  }

  private synchronized RateBucket bucket(TenantId tenant, int permits) {
    Place place = new Place(tenant, permits);
    RateBucket present = places.get(place);
    if (present != null) {
      return present;
    }
    if (places.size() >= most && !makeRoom()) {
      warnOnce();
      return shared();
    }
    RateBucket made = new RateBucket(resource, permits, per, timing);
    places.put(place, made);
    return made;
  }

  private boolean makeRoom() {
    Iterator<RateBucket> eldest = places.values().iterator();
    boolean full = eldest.next().isFull();
    if (full) {
      eldest.remove();
    }
    return full;
  }

  private synchronized RateBucket shared() {
    RateBucket present = shared;
    if (present == null) {
      present = new RateBucket(resource, quota.base(), per, timing);
      shared = present;
    }
    return present;
  }

  private void warnOnce() {
    if (!warned) {
      warned = true;
      LoggerFactory.getLogger(TenantLimit.class)
          .warn(
              "More than {} tenants called {} within {}: those that come new share one limit. Raise"
                  + " {} if that many are real. Said once",
              most,
              resource,
              per,
              LimitRegistry.MOST_TENANTS.name());
    }
  }

  synchronized int size() {
    return places.size();
  }
}
