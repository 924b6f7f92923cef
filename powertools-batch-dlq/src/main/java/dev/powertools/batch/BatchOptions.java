// SPDX-License-Identifier: Apache-2.0
package dev.powertools.batch;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.DurationText;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a batch is worked on. Immutable.
 *
 * <p>Defaults: dead letters go to the queue of the source queue's redrive policy; one record at a
 * time; a reserve of a tenth of the time left, one second at least and a quarter of it at most;
 * failed records come again when the queue's visibility timeout ends, those that had no time to run
 * after five seconds; a FIFO group goes on behind a dead letter; only the response acknowledges; a
 * body is the payload, whatever it looks like.
 */
public final class BatchOptions {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int MOST_CONCURRENT = 10_000;
  private static final int LEAST_POISON = 3;
  private static final int MOST_DELETED = 10;
  private static final Duration UNRUN_DELAY = Duration.ofSeconds(5);
  private static final BatchOptions DEFAULTS = builder().build();

  private final @Nullable String deadLetterQueue;
  private final int maxConcurrency;
  private final @Nullable Duration reserve;
  private final @Nullable Backoff redelivery;
  private final int poisonAfterReceives;
  private final int failureFrames;
  private final @Nullable List<Envelope> unwrap;
  private final @Nullable String fairnessKey;
  private final boolean blocksGroups;
  private final Duration unrunDelay;
  private final boolean throwsOnFullFailure;
  private final int acknowledgedEvery;
  private final Duration acknowledgedWithin;

  private BatchOptions(Builder builder) {
    this.deadLetterQueue = builder.deadLetterQueue;
    this.maxConcurrency = builder.maxConcurrency;
    this.reserve = builder.reserve;
    this.redelivery = builder.redelivery;
    this.poisonAfterReceives = builder.poisonAfterReceives;
    this.failureFrames = builder.failureFrames;
    this.unwrap = builder.unwrap;
    this.fairnessKey = builder.fairnessKey;
    this.blocksGroups = builder.blocksGroups;
    this.unrunDelay = builder.unrunDelay;
    this.throwsOnFullFailure = builder.throwsOnFullFailure;
    this.acknowledgedEvery = builder.acknowledgedEvery;
    this.acknowledgedWithin = builder.acknowledgedWithin;
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
    builder.failureFrames = failureFrames;
    builder.unwrap = unwrap;
    builder.fairnessKey = fairnessKey;
    builder.blocksGroups = blocksGroups;
    builder.unrunDelay = unrunDelay;
    builder.throwsOnFullFailure = throwsOnFullFailure;
    builder.acknowledgedEvery = acknowledgedEvery;
    builder.acknowledgedWithin = acknowledgedWithin;
    return builder;
  }

  /** What the annotations of a handler's type say. */
  static BatchOptions of(Class<?> handler) {
    Builder builder = builder();
    String ours = BatchOptions.class.getPackageName();
    for (Annotation annotation : handler.getAnnotations()) {
      if (annotation.annotationType().getPackageName().equals(ours)) {
        say(annotation, builder); // else each other annotation would load all of ours
      }
    }
    return builder.build();
  }

  private static void say(Annotation annotation, Builder builder) {
    if (annotation instanceof DeadLetter deadLetter) {
      builder.deadLetters(deadLetter);
    } else if (annotation instanceof Parallel parallel) {
      builder.parallel(parallel);
    } else if (annotation instanceof Deadline deadline) {
      builder.deadline(deadline);
    } else if (annotation instanceof Redelivery redelivery) {
      builder.redelivery(backoff(redelivery));
    } else if (annotation instanceof EarlyAcknowledge early) {
      builder.acknowledgeEarly(early.every(), DurationText.parse(early.within()));
    } else if (annotation instanceof ThrowOnFullFailure) {
      builder.throwOnFullFailure();
    } else if (annotation instanceof Unwrap wrapped) {
      builder.unwrap(wrapped.value());
    }
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

  /** The name whose values share the permits; empty for the message group. */
  public Optional<String> fairnessKey() {
    return Optional.ofNullable(fairnessKey);
  }

  /** Whose records share the permits with this one; {@code null} if it is nobody's. */
  @Nullable String fairnessKey(BatchRecord record) {
    return fairnessKey == null ? record.group() : record.header(fairnessKey).orElse(null);
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

  /** How many frames of its failure a dead letter shows; empty for what the environment says. */
  public OptionalInt failureFrames() {
    return failureFrames < 0 ? OptionalInt.empty() : OptionalInt.of(failureFrames);
  }

  /**
   * The envelopes around payloads, outermost first; an empty list for those that are recognised.
   * Empty if nothing is taken off.
   */
  public Optional<List<Envelope>> unwrap() {
    return Optional.ofNullable(unwrap);
  }

  /** What becomes of the rest of a FIFO group behind a dead letter. */
  public AfterDeadLetter afterDeadLetter() {
    return blocksGroups ? AfterDeadLetter.BLOCK_GROUP : AfterDeadLetter.CONTINUE_GROUP;
  }

  /** After what time records that did not run for lack of time are delivered again. */
  public Duration unrunDelay() {
    return unrunDelay;
  }

  /** Whether a batch of which no record is acknowledged fails the invocation. */
  public boolean throwsOnFullFailure() {
    return throwsOnFullFailure;
  }

  /** After how many acknowledged records they are deleted early; empty if none are. */
  public OptionalInt acknowledgedEvery() {
    return acknowledgedEvery == 0 ? OptionalInt.empty() : OptionalInt.of(acknowledgedEvery);
  }

  /** After what time at the latest they are deleted, if any are. */
  public Duration acknowledgedWithin() {
    return acknowledgedWithin;
  }

  boolean blocksGroups() {
    return blocksGroups;
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
    private int failureFrames = -1;
    private @Nullable String fairnessKey;
    private boolean blocksGroups;
    private Duration unrunDelay = UNRUN_DELAY;
    private boolean throwsOnFullFailure;
    private int acknowledgedEvery;
    private Duration acknowledgedWithin = Duration.ZERO;
    private @Nullable List<Envelope> unwrap;

    private Builder() {}

    private void deadLetters(DeadLetter value) {
      if (!value.queue().isEmpty()) {
        deadLetterQueue(value.queue());
      }
      if (value.poisonAfterReceives() != 0) {
        poisonAfterReceives(value.poisonAfterReceives());
      }
      if (value.frames() != -1) {
        failureFrames(value.frames());
      }
      afterDeadLetter(value.then());
    }

    private void parallel(Parallel value) {
      maxConcurrency(value.max());
      if (!value.fairnessKey().isEmpty()) {
        fairnessKey(value.fairnessKey());
      }
    }

    private void deadline(Deadline value) {
      if (!value.reserve().isEmpty()) {
        reserve(DurationText.parse(value.reserve()));
      }
      unrunDelay(DurationText.parse(value.unrunDelay()));
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

    /** As {@link Parallel#fairnessKey()}; the message group by default. */
    public Builder fairnessKey(String value) {
      this.fairnessKey = value;
      return this;
    }

    /** As {@link Deadline#reserve()}. */
    public Builder reserve(Duration value) {
      this.reserve = value;
      return this;
    }

    /** As {@link DeadLetter#then()}; the group goes on by default. */
    public Builder afterDeadLetter(AfterDeadLetter value) {
      this.blocksGroups = value == AfterDeadLetter.BLOCK_GROUP;
      return this;
    }

    /** As {@link Deadline#unrunDelay()}; five seconds by default. */
    public Builder unrunDelay(Duration value) {
      if (value.isNegative() || value.compareTo(Backoff.LONGEST) > 0) {
        throw new ConfigurationException(
            "@Deadline(unrunDelay = "
                + value
                + "): expected no negative time, and "
                + Backoff.LONGEST
                + " at most");
      }
      this.unrunDelay = value;
      return this;
    }

    /** As {@link ThrowOnFullFailure}; by default such a batch is answered as any other. */
    public Builder throwOnFullFailure() {
      this.throwsOnFullFailure = true;
      return this;
    }

    /**
     * As {@link EarlyAcknowledge}; by default only the response acknowledges.
     *
     * @param every after how many records; 1 to 10
     * @param within after what time at the latest
     */
    public Builder acknowledgeEarly(int every, Duration within) {
      if (every < 1 || every > MOST_DELETED) {
        throw new ConfigurationException(
            "@EarlyAcknowledge(every = " + every + "): expected 1 to " + MOST_DELETED);
      }
      if (within.isNegative() || within.isZero()) {
        throw new ConfigurationException(
            "@EarlyAcknowledge(within = " + within + "): expected a time, such as 2s");
      }
      this.acknowledgedEvery = every;
      this.acknowledgedWithin = within;
      return this;
    }

    /** As {@link Redelivery}; the queue's visibility timeout by default. */
    public Builder redelivery(Backoff value) {
      this.redelivery = value;
      return this;
    }

    /** As {@link Unwrap}: none for the envelopes that are recognised; by default nothing is. */
    public Builder unwrap(Envelope... outermostFirst) {
      List<Envelope> envelopes = List.of(outermostFirst);
      if (envelopes.lastIndexOf(Envelope.SNS) > 0
          || envelopes.size() - (envelopes.contains(Envelope.SNS) ? 1 : 0) > 1) {
        throw new ConfigurationException(
            "@Unwrap("
                + envelopes
                + "): expected SNS, EVENTBRIDGE or S3, or SNS with one of the others inside it:"
                + " no service puts the others around anything");
      }
      this.unwrap = envelopes;
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

    /** As {@link DeadLetter#frames()}; by default what the environment says, else none. */
    public Builder failureFrames(int value) {
      this.failureFrames = FailureFrames.checked(value);
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
