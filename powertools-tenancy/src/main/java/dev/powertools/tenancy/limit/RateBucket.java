// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.Timing;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's calls, counted by Resilience4j on our clock. It never reserves ahead, so each period
 * begins with all permits, and a bucket that was left alone for a whole one is as good as a new
 * one. Thread-safe.
 */
final class RateBucket {

  private final RateLimiter limiter;
  private final Timing timing;
  private final long per;
  private final long begun;
  private volatile long usedAt;

  RateBucket(String resource, int permits, Duration per, Timing timing) {
    this.timing = timing;
    this.per = per.toNanos();
    this.begun = timing.nanoTime();
    this.usedAt = begun;
    this.limiter =
        RateLimiter.of(
            resource,
            RateLimiterConfig.custom()
                .limitForPeriod(permits)
                .limitRefreshPeriod(per)
                .timeoutDuration(Duration.ZERO)
                .build(),
            timing::nanoTime);
  }

  /** Takes a permit; or how long it is until there is one. */
  @Nullable Duration take() {
    usedAt = timing.nanoTime();
    if (limiter.reservePermission() >= 0) {
      return null;
    }
    long passed = Math.floorMod(timing.nanoTime() - begun, per);
    return Duration.ofNanos(per - passed);
  }

  /** Whether all permits are there again, so that nothing is forgotten with it. */
  boolean isFull() {
    return timing.nanoTime() - usedAt >= per;
  }
}
