// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue's attributes. Defaults are SQS's own: visibility timeout 30 s, no delay, no dead-letter
 * queue, no content-based deduplication. Whether a queue is FIFO is told by its name.
 *
 * <p>Immutable.
 */
public final class QueueOptions {
  private final Duration visibilityTimeout;
  private final Duration delay;
  private final @Nullable LocalQueue deadLetterQueue;
  private final int maxReceiveCount;
  private final boolean contentBasedDeduplication;

  private QueueOptions(Builder builder) {
    visibilityTimeout = builder.visibilityTimeout;
    delay = builder.delay;
    deadLetterQueue = builder.deadLetterQueue;
    maxReceiveCount = builder.maxReceiveCount;
    contentBasedDeduplication = builder.contentBasedDeduplication;
  }

  /** The defaults. */
  public static QueueOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  Map<QueueAttributeName, String> attributes(boolean fifo) {
    Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
    attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, "" + visibilityTimeout.toSeconds());
    attributes.put(QueueAttributeName.DELAY_SECONDS, "" + delay.toSeconds());
    if (fifo) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
      attributes.put(
          QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "" + contentBasedDeduplication);
    }
    if (deadLetterQueue != null) {
      attributes.put(
          QueueAttributeName.REDRIVE_POLICY,
          "{\"deadLetterTargetArn\":\""
              + deadLetterQueue.arn()
              + "\",\"maxReceiveCount\":"
              + maxReceiveCount
              + "}");
    }
    return attributes;
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private Duration visibilityTimeout = Duration.ofSeconds(30);
    private Duration delay = Duration.ZERO;
    private @Nullable LocalQueue deadLetterQueue;
    private int maxReceiveCount;
    private boolean contentBasedDeduplication;

    private Builder() {}

    /** How long a received message stays hidden: whole seconds, up to 12 hours. */
    public Builder visibilityTimeout(Duration visibilityTimeout) {
      this.visibilityTimeout = visibilityTimeout;
      return this;
    }

    /** How long a sent message stays hidden: whole seconds, up to 15 minutes. */
    public Builder delay(Duration delay) {
      this.delay = delay;
      return this;
    }

    /** Where a message goes instead of being received once more than {@code maxReceiveCount}. */
    public Builder deadLetterQueue(LocalQueue deadLetterQueue, int maxReceiveCount) {
      this.deadLetterQueue = deadLetterQueue;
      this.maxReceiveCount = maxReceiveCount;
      return this;
    }

    /** A FIFO queue takes the body's hash where a message has no deduplication id. */
    public Builder contentBasedDeduplication() {
      this.contentBasedDeduplication = true;
      return this;
    }

    /**
     * Validates and builds.
     *
     * @throws IllegalArgumentException naming the option and its value
     */
    public QueueOptions build() {
      wholeSeconds("visibilityTimeout", visibilityTimeout, Duration.ofHours(12));
      wholeSeconds("delay", delay, Duration.ofMinutes(15));
      if (deadLetterQueue != null && (maxReceiveCount < 1 || maxReceiveCount > 1000)) {
        throw new IllegalArgumentException(
            "maxReceiveCount is '" + maxReceiveCount + "': expected 1 to 1000");
      }
      return new QueueOptions(this);
    }

    private static void wholeSeconds(String option, Duration value, Duration max) {
      if (value.isNegative()
          || !value.equals(Duration.ofSeconds(value.toSeconds()))
          || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            option + " is '" + value + "': expected whole seconds, 0 to " + max.toSeconds());
      }
    }
  }
}
