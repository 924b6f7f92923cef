// SPDX-License-Identifier: Apache-2.0
package dev.powertools.retry;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.DurationText;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How work is tried again. Immutable.
 *
 * <p>Defaults: 3 attempts; a delay of 100 ms, twice as long after each, 2 s at most, all of it
 * random ({@link Jitter#FULL}); an attempt is taken to last as long as the one before. What each
 * means is said at {@link Retry}.
 */
public final class RetryOptions {

  /** The longest a function runs, so the longest that anybody waits in it. */
  static final Duration LONGEST = Duration.ofMinutes(15);

  private static final int MOST_ATTEMPTS = 100;
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final RetryOptions DEFAULTS = builder().build();

  private final String name;
  private final int attempts;
  private final Duration base;
  private final double multiplier;
  private final Duration max;
  private final Jitter jitter;
  private final @Nullable Duration estimate;

  private RetryOptions(Builder builder) {
    this.name = builder.name;
    this.attempts = builder.attempts;
    this.base = builder.base;
    this.multiplier = builder.multiplier;
    this.max = builder.max;
    this.jitter = builder.jitter;
    this.estimate = builder.estimate;
  }

  /** The defaults. */
  public static RetryOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.name = name;
    builder.attempts = attempts;
    builder.base = base;
    builder.multiplier = multiplier;
    builder.max = max;
    builder.jitter = jitter;
    builder.estimate = estimate;
    return builder;
  }

  static RetryOptions of(Retry annotation) {
    Builder builder =
        builder()
            .attempts(annotation.attempts())
            .base(length("base", annotation.base()))
            .multiplier(annotation.multiplier())
            .max(length("max", annotation.max()))
            .jitter(annotation.jitter());
    if (!annotation.estimate().isEmpty()) {
      builder.estimate(length("estimate", annotation.estimate()));
    }
    return builder.build();
  }

  private static Duration length(String attribute, String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(attribute + ": " + e.getMessage(), e);
    }
  }

  /** The name of the work, for signals and log lines. */
  public String name() {
    return name;
  }

  /** How many attempts there are at most, the first included. */
  public int attempts() {
    return attempts;
  }

  /** The delay before the second attempt. */
  public Duration base() {
    return base;
  }

  /** By how much the delay grows with each attempt. */
  public double multiplier() {
    return multiplier;
  }

  /** The longest delay. */
  public Duration max() {
    return max;
  }

  /** How much of each delay is random. */
  public Jitter jitter() {
    return jitter;
  }

  /** How long an attempt takes; empty for what the last one took. */
  public Optional<Duration> estimate() {
    return Optional.ofNullable(estimate);
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private String name = "work";
    private int attempts = 3;
    private Duration base = Duration.ofMillis(100);
    private double multiplier = 2;
    private Duration max = Duration.ofSeconds(2);
    private Jitter jitter = Jitter.FULL;
    private @Nullable Duration estimate;

    private Builder() {}

    /** The name of the work, for signals and log lines; {@code work} by default. */
    public Builder name(String value) {
      this.name = Objects.requireNonNull(value);
      return this;
    }

    /** As {@link Retry#attempts()}; 3 by default. */
    public Builder attempts(int value) {
      this.attempts = value;
      return this;
    }

    /** As {@link Retry#base()}; 100 ms by default. */
    public Builder base(Duration value) {
      this.base = Objects.requireNonNull(value);
      return this;
    }

    /** As {@link Retry#multiplier()}; 2 by default. */
    public Builder multiplier(double value) {
      this.multiplier = value;
      return this;
    }

    /** As {@link Retry#max()}; 2 s by default. */
    public Builder max(Duration value) {
      this.max = Objects.requireNonNull(value);
      return this;
    }

    /** As {@link Retry#jitter()}; {@link Jitter#FULL} by default. */
    public Builder jitter(Jitter value) {
      this.jitter = Objects.requireNonNull(value);
      return this;
    }

    /** As {@link Retry#estimate()}; what the last attempt took by default. */
    public Builder estimate(Duration value) {
      this.estimate = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws ConfigurationException if a value is out of its range
     */
    public RetryOptions build() {
      require(
          attempts >= 1 && attempts <= MOST_ATTEMPTS,
          "attempts = " + attempts + ": expected a number from 1 to " + MOST_ATTEMPTS);
      require(base.compareTo(LEAST) >= 0, "base = " + base + ": expected 1 ms at least");
      require(multiplier >= 1, "multiplier = " + multiplier + ": expected 1 at least");
      require(
          max.compareTo(base) >= 0 && max.compareTo(LONGEST) <= 0,
          "max = "
              + max
              + ": expected the base of "
              + base
              + " at least and 15 min at most, since no function runs for longer");
      require(
          estimate == null || !estimate.isNegative(),
          "estimate = " + estimate + ": expected zero or more");
      return new RetryOptions(this);
    }

    private static void require(boolean holds, String problem) {
      if (!holds) {
        throw new ConfigurationException(problem);
      }
    }
  }
}
