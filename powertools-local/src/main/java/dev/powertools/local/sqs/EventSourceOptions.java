// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import dev.powertools.core.Timing;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * An event source mapping's settings. Defaults as in AWS: batches of up to 10, no batching window,
 * {@code ReportBatchItemFailures} off; one batch at a time.
 *
 * <p>Immutable.
 */
public final class EventSourceOptions {
  private final int batchSize;
  private final Duration maximumBatchingWindow;
  private final boolean reportBatchItemFailures;
  private final int concurrency;
  private final Consumer<Delivery> listener;
  private final Timing timing;

  private EventSourceOptions(Builder builder) {
    batchSize = builder.batchSize;
    maximumBatchingWindow = builder.maximumBatchingWindow;
    reportBatchItemFailures = builder.reportBatchItemFailures;
    concurrency = builder.concurrency;
    listener = builder.listener;
    timing = builder.timing;
  }

  /** The defaults. */
  public static EventSourceOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many messages an event holds at most. */
  public int batchSize() {
    return batchSize;
  }

  /** How long a batch is gathered. */
  public Duration maximumBatchingWindow() {
    return maximumBatchingWindow;
  }

  /** Whether the response names the failures. */
  public boolean reportBatchItemFailures() {
    return reportBatchItemFailures;
  }

  /** How many batches are under way at once. */
  public int concurrency() {
    return concurrency;
  }

  /** Is told of each delivery. */
  public Consumer<Delivery> listener() {
    return listener;
  }

  Timing timing() {
    return timing;
  }

  /**
   * What AWS refuses when the mapping is made.
   *
   * @throws IllegalArgumentException if the options don't fit the queue's type
   */
  public void requireFitFor(LocalQueue queue) {
    if (queue.isFifo()) {
      require(batchSize <= 10, "batchSize", batchSize, "at most 10 on a FIFO queue");
      require(
          maximumBatchingWindow.isZero(),
          "maximumBatchingWindow",
          maximumBatchingWindow,
          "none on a FIFO queue");
    }
  }

  private static void require(boolean valid, String option, Object value, String expected) {
    if (!valid) {
      throw new IllegalArgumentException(option + " is '" + value + "': expected " + expected);
    }
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private int batchSize = 10;
    private Duration maximumBatchingWindow = Duration.ZERO;
    private boolean reportBatchItemFailures;
    private int concurrency = 1;
    private Consumer<Delivery> listener = delivery -> {};
    private Timing timing = Timing.system();

    private Builder() {}

    /** How many messages an event holds at most: 1 to 10,000; over 10 with a window only. */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /** How long to gather a batch: 0 to 300 s; standard queues only. */
    public Builder maximumBatchingWindow(Duration window) {
      this.maximumBatchingWindow = window;
      return this;
    }

    /** Turns {@code ReportBatchItemFailures} on. */
    public Builder reportBatchItemFailures() {
      this.reportBatchItemFailures = true;
      return this;
    }

    /** How many batches are under way at once; the function's own concurrency bounds it too. */
    public Builder concurrency(int concurrency) {
      this.concurrency = concurrency;
      return this;
    }

    /**
     * Is told of each delivery as it happens, on the mapping's threads. Its exceptions are logged;
     * its first error, such as a failed assertion, comes out of {@link SqsEventSourceMapping#drain}
     * or {@code close}. Polling goes on either way.
     */
    public Builder listener(Consumer<Delivery> listener) {
      this.listener = listener;
      return this;
    }

    /** The clocks for batching windows and for waiting. */
    public Builder timing(Timing timing) {
      this.timing = timing;
      return this;
    }

    /**
     * Validates and builds.
     *
     * @throws IllegalArgumentException naming the option and its value
     */
    public EventSourceOptions build() {
      Duration window = maximumBatchingWindow;
      require(batchSize >= 1 && batchSize <= 10_000, "batchSize", batchSize, "1 to 10000");
      require(concurrency >= 1, "concurrency", concurrency, "1 or more");
      require(
          !window.isNegative() && window.compareTo(Duration.ofMinutes(5)) <= 0,
          "maximumBatchingWindow",
          window,
          "0 to 300 s");
      require(
          batchSize <= 10 || window.compareTo(Duration.ofSeconds(1)) >= 0,
          "maximumBatchingWindow",
          window,
          "1 s or more, since batchSize is " + batchSize);
      return new EventSourceOptions(this);
    }
  }
}
