// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Duration;
import java.util.Objects;

/**
 * How a function is invoked asynchronously. Defaults as in AWS: two retries, a maximum age of six
 * hours, no destinations, no dead-letter queue; and no duplicates.
 *
 * <p>Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html">Error
 *     handling settings</a>
 */
public final class AsyncOptions {
  private final int maximumRetryAttempts;
  private final Duration maximumEventAge;
  private final boolean onSuccess;
  private final boolean onFailure;
  private final boolean deadLetterQueue;
  private final double duplicates;
  private final long seed;

  private AsyncOptions(Builder builder) {
    maximumRetryAttempts = builder.maximumRetryAttempts;
    maximumEventAge = builder.maximumEventAge;
    onSuccess = builder.onSuccess;
    onFailure = builder.onFailure;
    deadLetterQueue = builder.deadLetterQueue;
    duplicates = builder.duplicates;
    seed = builder.seed;
  }

  /** The defaults. */
  public static AsyncOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  int maximumRetryAttempts() {
    return maximumRetryAttempts;
  }

  Duration maximumEventAge() {
    return maximumEventAge;
  }

  boolean onSuccess() {
    return onSuccess;
  }

  boolean onFailure() {
    return onFailure;
  }

  boolean deadLetterQueue() {
    return deadLetterQueue;
  }

  double duplicates() {
    return duplicates;
  }

  long seed() {
    return seed;
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private int maximumRetryAttempts = 2;
    private Duration maximumEventAge = Duration.ofHours(6);
    private boolean onSuccess;
    private boolean onFailure;
    private boolean deadLetterQueue;
    private double duplicates;
    private long seed;

    private Builder() {}

    /** How often an event is tried again after the function failed: 0 to 2. */
    public Builder maximumRetryAttempts(int maximumRetryAttempts) {
      this.maximumRetryAttempts = maximumRetryAttempts;
      return this;
    }

    /** How long an event may wait: 60 s to 6 hours. */
    public Builder maximumEventAge(Duration maximumEventAge) {
      this.maximumEventAge = Objects.requireNonNull(maximumEventAge);
      return this;
    }

    /** Sends a record of each success to a destination. */
    public Builder onSuccess() {
      this.onSuccess = true;
      return this;
    }

    /** Sends a record of each event that is given up to a destination. */
    public Builder onFailure() {
      this.onFailure = true;
      return this;
    }

    /** Sends each event that is given up to a dead-letter queue. */
    public Builder deadLetterQueue() {
      this.deadLetterQueue = true;
      return this;
    }

    /** How probable it is that an event is delivered once more: 0 to 1; 0 if unset. */
    public Builder duplicates(double probability) {
      this.duplicates = probability;
      return this;
    }

    /** What request ids and duplicates are drawn from; 0 if unset. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Validates and builds.
     *
     * @throws IllegalArgumentException naming the option and its value
     */
    public AsyncOptions build() {
      require(
          maximumRetryAttempts >= 0 && maximumRetryAttempts <= 2,
          "maximumRetryAttempts",
          maximumRetryAttempts,
          "0 to 2");
      require(
          maximumEventAge.compareTo(Duration.ofMinutes(1)) >= 0
              && maximumEventAge.compareTo(Duration.ofHours(6)) <= 0,
          "maximumEventAge",
          maximumEventAge,
          "PT1M to PT6H");
      require(duplicates >= 0 && duplicates <= 1, "duplicates", duplicates, "0 to 1");
      return new AsyncOptions(this);
    }

    private static void require(boolean valid, String option, Object value, String expected) {
      if (!valid) {
        throw new IllegalArgumentException(option + " is '" + value + "': expected " + expected);
      }
    }
  }
}
