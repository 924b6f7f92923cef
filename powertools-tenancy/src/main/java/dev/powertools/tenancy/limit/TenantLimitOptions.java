// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.limit;

import dev.powertools.core.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each tenant may have of a resource: calls in a period, calls at once, or both. Immutable.
 *
 * <p>Defaults: neither, of which one must be given; one that was refused for calls at once may come
 * again after a second.
 */
public final class TenantLimitOptions {

  private final String resource;
  private final @Nullable Quota rate;
  private final Duration per;
  private final @Nullable Quota concurrency;
  private final Duration retryAfter;

  private TenantLimitOptions(Builder builder) {
    this.resource = builder.resource;
    this.rate = builder.rate();
    this.per = builder.per;
    this.concurrency = builder.concurrency();
    this.retryAfter = builder.retryAfter;
  }

  /**
   * A builder.
   *
   * @param resource what is limited; the same name in several places is one limit
   */
  public static Builder builder(String resource) {
    return new Builder(resource);
  }

  String resource() {
    return resource;
  }

  Optional<Quota> rate() {
    return Optional.ofNullable(rate);
  }

  Duration per() {
    return per;
  }

  Optional<Quota> concurrency() {
    return Optional.ofNullable(concurrency);
  }

  Duration retryAfter() {
    return retryAfter;
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private final String resource;
    private final Map<String, Integer> rateByTier = new HashMap<>();
    private final Map<String, Integer> concurrencyByTier = new HashMap<>();
    private @Nullable Integer permits;
    private Duration per = Duration.ofSeconds(1);
    private @Nullable Integer most;
    private Duration retryAfter = Duration.ofSeconds(1);

    private Builder(String resource) {
      this.resource = Objects.requireNonNull(resource);
    }

    /** Calls for each tenant in each period, a day at most. */
    public Builder rate(int permits, Duration per) {
      this.permits = permits;
      this.per = Objects.requireNonNull(per);
      return this;
    }

    /** Calls in the period for each tenant of a tier. */
    public Builder rateOfTier(String tier, int permits) {
      rateByTier.put(tier, permits);
      return this;
    }

    /** Calls under way at once for each tenant. */
    public Builder concurrency(int most) {
      this.most = most;
      return this;
    }

    /** Calls under way at once for each tenant of a tier. */
    public Builder concurrencyOfTier(String tier, int most) {
      concurrencyByTier.put(tier, most);
      return this;
    }

    /** After what time one that was refused for calls at once may come again. */
    public Builder retryAfter(Duration value) {
      this.retryAfter = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws ConfigurationException if they can't work
     */
    public TenantLimitOptions build() {
      if (resource.isBlank() || (permits == null && most == null)) {
        throw new ConfigurationException(
            "TenantLimitOptions need a resource and a limit:"
                + " builder(\"reports\").rate(50, Duration.ofSeconds(1))");
      }
      requirePositive("the period", per);
      requirePositive("retryAfter", retryAfter);
      return new TenantLimitOptions(this);
    }

    private static void requirePositive(String what, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new ConfigurationException(what + " is " + value + ", and must be positive");
      }
    }

    private @Nullable Quota rate() {
      return quota("rate", permits, rateByTier);
    }

    private @Nullable Quota concurrency() {
      return quota("concurrency", most, concurrencyByTier);
    }

    private static @Nullable Quota quota(
        String what, @Nullable Integer base, Map<String, Integer> byTier) {
      if (base == null && !byTier.isEmpty()) {
        throw new ConfigurationException(
            "TenantLimitOptions have a "
                + what
                + " for tiers "
                + byTier.keySet()
                + " and none for"
                + " others: call "
                + what
                + "(…) too");
      }
      return base == null ? null : new Quota(base, byTier).checked(what);
    }
  }
}
