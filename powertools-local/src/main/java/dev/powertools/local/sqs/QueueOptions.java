// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue's attributes. Defaults are SQS's own: visibility timeout 30 s, no delay, messages kept
 * for 4 days, no dead-letter queue, no content-based deduplication. Whether a queue is FIFO is told
 * by its name.
 *
 * <p>Immutable.
 */
public final class QueueOptions {
  private final Duration visibilityTimeout;
  private final Duration delay;
  private final Duration retention;
  private final @Nullable LocalQueue deadLetterQueue;
  private final int maxReceiveCount;
  private final boolean contentBasedDeduplication;

  private QueueOptions(Builder builder) {
    visibilityTimeout = builder.visibilityTimeout;
    delay = builder.delay;
    retention = builder.retention;
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

  /** The attributes as SQS takes them. */
  public Map<QueueAttributeName, String> attributes(boolean fifo) {
    Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
    attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, "" + visibilityTimeout.toSeconds());
    attributes.put(QueueAttributeName.DELAY_SECONDS, "" + delay.toSeconds());
    attributes.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "" + retention.toSeconds());
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
    private Duration retention = Duration.ofDays(4);
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

    /** How long a message is kept: whole seconds, 60 s to 14 days. LocalQueues keep it for ever. */
    public Builder retention(Duration retention) {
      this.retention = retention;
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
      wholeSeconds("visibilityTimeout", visibilityTimeout, Duration.ZERO, Duration.ofHours(12));
      wholeSeconds("delay", delay, Duration.ZERO, Duration.ofMinutes(15));
      wholeSeconds("retention", retention, Duration.ofMinutes(1), Duration.ofDays(14));
      if (deadLetterQueue != null && (maxReceiveCount < 1 || maxReceiveCount > 1000)) {
        throw new IllegalArgumentException(
            "maxReceiveCount is '" + maxReceiveCount + "': expected 1 to 1000");
      }
      return new QueueOptions(this);
    }

    private static void wholeSeconds(String option, Duration value, Duration min, Duration max) {
      if (value.compareTo(min) < 0
          || !value.equals(Duration.ofSeconds(value.toSeconds()))
          || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            option
                + " is '"
                + value
                + "': expected whole seconds, "
                + min.toSeconds()
                + " to "
                + max.toSeconds());
      }
    }
  }
}
