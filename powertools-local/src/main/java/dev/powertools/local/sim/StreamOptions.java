// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A stream and its event source mapping. Defaults as in AWS: batches of up to 100, no batching
 * window, parallelization factor 1, retries and age without limit, no bisecting, {@code
 * ReportBatchItemFailures} off, no destination. The mapping starts at {@link
 * StreamStart#trimHorizon()}; there is one shard; records are kept for a day (Kafka: seven).
 *
 * <p>Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html">Parameters
 *     of Kinesis event source mappings</a>
 */
public final class StreamOptions {
  private final int shards;
  private final int batchSize;
  private final Duration batchingWindow;
  private final int parallelizationFactor;
  private final int maximumRetryAttempts;
  private final @Nullable Duration maximumRecordAge;
  private final boolean bisect;
  private final boolean reportBatchItemFailures;
  private final @Nullable StreamDestination onFailure;
  private final StreamStart startingPosition;
  private final @Nullable Duration retention;
  private final long seed;

  private StreamOptions(Builder builder) {
    shards = builder.shards;
    batchSize = builder.batchSize;
    batchingWindow = builder.batchingWindow;
    parallelizationFactor = builder.parallelizationFactor;
    maximumRetryAttempts = builder.maximumRetryAttempts;
    maximumRecordAge = builder.maximumRecordAge;
    bisect = builder.bisect;
    reportBatchItemFailures = builder.reportBatchItemFailures;
    onFailure = builder.onFailure;
    startingPosition = builder.startingPosition;
    retention = builder.retention;
    seed = builder.seed;
  }

  /** The defaults. */
  public static StreamOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  int shards() {
    return shards;
  }

  int batchSize() {
    return batchSize;
  }

  Duration batchingWindow() {
    return batchingWindow;
  }

  int parallelizationFactor() {
    return parallelizationFactor;
  }

  /** Empty: without limit. */
  OptionalInt maximumRetryAttempts() {
    return maximumRetryAttempts < 0 ? OptionalInt.empty() : OptionalInt.of(maximumRetryAttempts);
  }

  /** Empty: without limit. */
  Optional<Duration> maximumRecordAge() {
    return Optional.ofNullable(maximumRecordAge);
  }

  boolean bisect() {
    return bisect;
  }

  boolean reportBatchItemFailures() {
    return reportBatchItemFailures;
  }

  Optional<StreamDestination> onFailure() {
    return Optional.ofNullable(onFailure);
  }

  StreamStart startingPosition() {
    return startingPosition;
  }

  Duration retention(Duration unlessGiven) {
    return retention == null ? unlessGiven : retention;
  }

  long seed() {
    return seed;
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private int shards = 1;
    private int batchSize = 100;
    private Duration batchingWindow = Duration.ZERO;
    private int parallelizationFactor = 1;
    private int maximumRetryAttempts = -1;
    private @Nullable Duration maximumRecordAge;
    private boolean bisect;
    private boolean reportBatchItemFailures;
    private @Nullable StreamDestination onFailure;
    private StreamStart startingPosition = StreamStart.trimHorizon();
    private @Nullable Duration retention;
    private long seed;

    private Builder() {}

    /** How many shards the stream has, or partitions the topic: 1 or more. */
    public Builder shards(int shards) {
      this.shards = shards;
      return this;
    }

    /** How many records an event holds at most: 1 to 10,000. */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /** How long to gather a batch that is not full: 0 to 300 s. */
    public Builder batchingWindow(Duration batchingWindow) {
      this.batchingWindow = batchingWindow;
      return this;
    }

    /**
     * How many batches of one shard may be under way at once: 1 to 10. Records of one partition key
     * stay in order. For Kafka: how many pollers share the partitions.
     */
    public Builder parallelizationFactor(int parallelizationFactor) {
      this.parallelizationFactor = parallelizationFactor;
      return this;
    }

    /** How often a failed batch is retried: 0 to 10,000, or -1 for no limit. */
    public Builder maximumRetryAttempts(int maximumRetryAttempts) {
      this.maximumRetryAttempts = maximumRetryAttempts;
      return this;
    }

    /** How old a record may be that is sent to the function: 60 s to 7 days; no limit if unset. */
    public Builder maximumRecordAge(Duration maximumRecordAge) {
      this.maximumRecordAge = Objects.requireNonNull(maximumRecordAge);
      return this;
    }

    /** Turns {@code BisectBatchOnFunctionError} on: failed batches are split in two. */
    public Builder bisect() {
      this.bisect = true;
      return this;
    }

    /** Turns {@code ReportBatchItemFailures} on. */
    public Builder reportBatchItemFailures() {
      this.reportBatchItemFailures = true;
      return this;
    }

    /** Sends the invocation records of batches that are given up to a destination. */
    public Builder onFailure(StreamDestination destination) {
      this.onFailure = Objects.requireNonNull(destination);
      return this;
    }

    /** From where the mapping reads when it starts. */
    public Builder startingPosition(StreamStart startingPosition) {
      this.startingPosition = Objects.requireNonNull(startingPosition);
      return this;
    }

    /** How long the stream keeps a record. */
    public Builder retention(Duration retention) {
      this.retention = Objects.requireNonNull(retention);
      return this;
    }

    /** What request ids, gaps between sequence numbers and the like are drawn from; 0 if unset. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Validates and builds.
     *
     * @throws IllegalArgumentException naming the option and its value
     */
    public StreamOptions build() {
      require(shards >= 1, "shards", shards, "1 or more");
      require(batchSize >= 1 && batchSize <= 10_000, "batchSize", batchSize, "1 to 10000");
      requireWithin("batchingWindow", batchingWindow, Duration.ZERO, Duration.ofMinutes(5));
      require(
          parallelizationFactor >= 1 && parallelizationFactor <= 10,
          "parallelizationFactor",
          parallelizationFactor,
          "1 to 10");
      require(
          maximumRetryAttempts >= -1 && maximumRetryAttempts <= 10_000,
          "maximumRetryAttempts",
          maximumRetryAttempts,
          "0 to 10000, or -1 for no limit");
      requireWithin(
          "maximumRecordAge", maximumRecordAge, Duration.ofMinutes(1), Duration.ofDays(7));
      requireWithin("retention", retention, Duration.ofSeconds(1), Duration.ofDays(365));
      return new StreamOptions(this);
    }

    private static void requireWithin(
        String option, @Nullable Duration value, Duration least, Duration most) {
      require(
          value == null || (value.compareTo(least) >= 0 && value.compareTo(most) <= 0),
          option,
          value + "",
          least + " to " + most);
    }

    private static void require(boolean valid, String option, Object value, String expected) {
      if (!valid) {
        throw new IllegalArgumentException(option + " is '" + value + "': expected " + expected);
      }
    }
  }
}
