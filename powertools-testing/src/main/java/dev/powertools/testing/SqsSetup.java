// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.sim.SimulatedQueues;
import dev.powertools.local.sim.SqsFaults;
import dev.powertools.local.sim.SqsMapping;
import dev.powertools.local.sqs.EventSourceOptions;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.QueueOptions;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A queue before a function, still to be started. Defaults: five receives before the dead-letter
 * queue, which has the queue's name and {@code -dlq}; a visibility timeout of six times the
 * function's timeout; batches of ten; {@code ReportBatchItemFailures} on; up to five batches at
 * once. FIFO if the name ends with {@code .fifo}. Not thread-safe.
 */
public final class SqsSetup {

  private static final String FIFO = ".fifo";

  private final SimulatedQueues queues;
  private final String name;
  private final LocalFunction function;
  private final Supplier<FunctionRuntime> runtime;
  private final QueueOptions.Builder queue = QueueOptions.builder();
  private final EventSourceOptions.Builder mapping = EventSourceOptions.builder().concurrency(5);
  private SqsFaults faults = SqsFaults.none();
  private boolean reports = true;
  private int maxReceives = 5;

  SqsSetup(
      SimulatedQueues queues,
      String name,
      LocalFunction function,
      Supplier<FunctionRuntime> runtime) {
    this.runtime = runtime;
    this.queues = queues;
    this.name = name;
    this.function = function;
    Duration sixTimes = function.options().timeout().multipliedBy(6);
    queue.visibilityTimeout(Duration.ofSeconds(sixTimes.toSeconds()));
    if (name.endsWith(FIFO)) {
      queue.contentBasedDeduplication();
    }
  }

  /** How often a message is received before it moves to the dead-letter queue. */
  public SqsSetup maxReceives(int receives) {
    this.maxReceives = receives;
    return this;
  }

  /** How many messages an event holds at most; over 10 with a window only. */
  public SqsSetup batchSize(int messages) {
    mapping.batchSize(messages);
    return this;
  }

  /** How long a batch is gathered; standard queues only. */
  public SqsSetup window(Duration window) {
    mapping.maximumBatchingWindow(window);
    return this;
  }

  /** How long a received message stays hidden: not less than the function's timeout. */
  public SqsSetup visibility(Duration timeout) {
    queue.visibilityTimeout(timeout);
    return this;
  }

  /** How many batches are under way at once, if the function lets time pass. */
  public SqsSetup concurrency(int batches) {
    mapping.concurrency(batches);
    return this;
  }

  /** The mapping lacks {@code ReportBatchItemFailures}: any response deletes the whole batch. */
  public SqsSetup withoutReportBatchItemFailures() {
    this.reports = false;
    return this;
  }

  /** What goes wrong on purpose: {@code faults(f -> f.duplicates(0.1))}. */
  public SqsSetup faults(UnaryOperator<SqsFaults> how) {
    this.faults = how.apply(faults);
    return this;
  }

  /**
   * Creates the queues and starts the mapping.
   *
   * @throws IllegalArgumentException if AWS would refuse it, naming the option
   */
  public SqsTestQueue start() {
    boolean fifo = name.endsWith(FIFO);
    String plain = fifo ? name.substring(0, name.length() - FIFO.length()) : name;
    LocalQueue dead = queues.createQueue(plain + "-dlq" + (fifo ? FIFO : ""));
    LocalQueue source = queues.createQueue(name, queue.deadLetterQueue(dead, maxReceives).build());
    EventSourceOptions options =
        reports ? mapping.reportBatchItemFailures().build() : mapping.build();
    return new SqsTestQueue(
        queues, source, dead, SqsMapping.start(queues, source, function, options, faults), runtime);
  }
}
