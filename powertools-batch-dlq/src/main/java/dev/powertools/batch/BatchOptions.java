// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.DurationText;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a batch is worked on. Immutable.
 *
 * <p>Defaults: dead letters go to the queue of the source queue's redrive policy; one record at a
 * time; a reserve of a tenth of the time left, one second at least and a quarter of it at most;
 * failed records come again when the queue's visibility timeout ends.
 */
public final class BatchOptions {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int MOST_CONCURRENT = 10_000;
  private static final int LEAST_POISON = 3;
  private static final BatchOptions DEFAULTS = builder().build();

  private final @Nullable String deadLetterQueue;
  private final int maxConcurrency;
  private final @Nullable Duration reserve;
  private final @Nullable Backoff redelivery;
  private final int poisonAfterReceives;

  private BatchOptions(Builder builder) {
    this.deadLetterQueue = builder.deadLetterQueue;
    this.maxConcurrency = builder.maxConcurrency;
    this.reserve = builder.reserve;
    this.redelivery = builder.redelivery;
    this.poisonAfterReceives = builder.poisonAfterReceives;
  }

  /** The defaults. */
  public static BatchOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.deadLetterQueue = deadLetterQueue;
    builder.maxConcurrency = maxConcurrency;
    builder.reserve = reserve;
    builder.redelivery = redelivery;
    builder.poisonAfterReceives = poisonAfterReceives;
    return builder;
  }

  /** What the annotations of a handler's type say. */
  static BatchOptions of(Class<?> handler) {
    Builder builder = builder();
    for (Annotation annotation : handler.getAnnotations()) {
      if (annotation instanceof DeadLetter deadLetter) {
        builder.deadLetters(deadLetter);
      } else if (annotation instanceof Parallel parallel) {
        builder.maxConcurrency(parallel.max());
      } else if (annotation instanceof Deadline deadline) {
        builder.reserve(DurationText.parse(deadline.reserve()));
      } else if (annotation instanceof Redelivery redelivery) {
        builder.redelivery(backoff(redelivery));
      }
    }
    return builder.build();
  }

  private static Backoff backoff(Redelivery redelivery) {
    return new Backoff(
        DurationText.parse(redelivery.base()),
        redelivery.multiplier(),
        DurationText.parse(redelivery.max()));
  }

  /** The dead-letter queue that was named, variables not yet replaced. */
  public Optional<String> deadLetterQueue() {
    return Optional.ofNullable(deadLetterQueue);
  }

  /** How many records of a batch are handled at a time. */
  public int maxConcurrency() {
    return maxConcurrency;
  }

  /** How long before the function's timeout a batch is answered; empty for the default. */
  public Optional<Duration> reserve() {
    return Optional.ofNullable(reserve);
  }

  /** After what time failed records come again; empty for the queue's visibility timeout. */
  public Optional<Backoff> redelivery() {
    return Optional.ofNullable(redelivery);
  }

  /** After how many receives a record counts as poison; empty if none ever does. */
  public OptionalInt poisonAfterReceives() {
    return poisonAfterReceives == 0 ? OptionalInt.empty() : OptionalInt.of(poisonAfterReceives);
  }

  /** Whether a record was received so often that it must not run any more. */
  boolean isPoison(BatchRecord record) {
    return poisonAfterReceives > 0 && record.receiveCount() > poisonAfterReceives;
  }

  /** After how long a batch is answered, if so much time is left when it comes. */
  Duration until(Duration left) {
    Duration half = left.dividedBy(2);
    Duration wanted = reserve == null ? usualReserve(left) : reserve;
    return left.minus(wanted.compareTo(half) < 0 ? wanted : half);
  }

  private static Duration usualReserve(Duration left) {
    Duration tenth = left.dividedBy(10);
    Duration wanted = tenth.compareTo(SECOND) > 0 ? tenth : SECOND;
    Duration quarter = left.dividedBy(4);
    return wanted.compareTo(quarter) < 0 ? wanted : quarter;
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {

    private @Nullable String deadLetterQueue;
    private int maxConcurrency = 1;
    private @Nullable Duration reserve;
    private @Nullable Backoff redelivery;
    private int poisonAfterReceives;

    private Builder() {}

    private void deadLetters(DeadLetter value) {
      if (!value.queue().isEmpty()) {
        deadLetterQueue(value.queue());
      }
      if (value.poisonAfterReceives() != 0) {
        poisonAfterReceives(value.poisonAfterReceives());
      }
    }

    /** As {@link DeadLetter#queue()}. */
    public Builder deadLetterQueue(String value) {
      this.deadLetterQueue = value;
      return this;
    }

    /** As {@link Parallel#max()}; one by default. */
    public Builder maxConcurrency(int value) {
      this.maxConcurrency = value;
      return this;
    }

    /** As {@link Deadline#reserve()}. */
    public Builder reserve(Duration value) {
      this.reserve = value;
      return this;
    }

    /** As {@link Redelivery}; the queue's visibility timeout by default. */
    public Builder redelivery(Backoff value) {
      this.redelivery = value;
      return this;
    }

    /** As {@link DeadLetter#poisonAfterReceives()}; by default nothing counts as poison. */
    public Builder poisonAfterReceives(int value) {
      if (value < LEAST_POISON) {
        throw new ConfigurationException(
            "@DeadLetter(poisonAfterReceives = "
                + value
                + "): expected "
                + LEAST_POISON
                + " at least: a record is received again for many reasons that are not its own");
      }
      this.poisonAfterReceives = value;
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws ConfigurationException if a value is out of its range
     */
    public BatchOptions build() {
      if (maxConcurrency < 1 || maxConcurrency > MOST_CONCURRENT) {
        throw new ConfigurationException(
            "@Parallel(max = " + maxConcurrency + "): expected 1 to " + MOST_CONCURRENT);
      }
      if (reserve != null && reserve.isNegative()) {
        throw new ConfigurationException(
            "@Deadline(reserve = " + reserve + "): expected no negative time");
      }
      return new BatchOptions(this);
    }
  }
}
