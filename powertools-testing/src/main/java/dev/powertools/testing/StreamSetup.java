// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.VirtualClock;
import dev.powertools.local.sim.EventFunction;
import dev.powertools.local.sim.StreamDestination;
import dev.powertools.local.sim.StreamOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says how a stream of a test is read, and starts it. Defaults are AWS's, those of {@link
 * StreamOptions}, but for one: the function's partial batch responses are heeded unless {@link
 * #ignoringResponses()} is called. Not thread-safe.
 *
 * @param <S> the stream
 */
public final class StreamSetup<S extends TestStream> {

  private final Functions functions;
  private final Class<?> handler;
  private final Opener<S> opener;
  private final StreamOptions.Builder options = StreamOptions.builder();
  private @Nullable Supplier<?> instance;
  private boolean reporting = true;

  StreamSetup(Functions functions, Class<?> handler, Opener<S> opener) {
    this.functions = functions;
    this.handler = Objects.requireNonNull(handler);
    this.opener = opener;
  }

  /** Opens the stream. */
  @FunctionalInterface
  interface Opener<S> {
    S open(VirtualClock clock, EventFunction function, StreamOptions options);
  }

  /** Has the test make the handler object, for collaborators given by constructor. */
  public StreamSetup<S> instance(Supplier<?> instance) {
    this.instance = Objects.requireNonNull(instance);
    return this;
  }

  /** How many shards, or partitions, there are; 1 if unset. */
  public StreamSetup<S> shards(int shards) {
    options.shards(shards);
    return this;
  }

  /** How many records an event holds at most; 100 if unset. */
  public StreamSetup<S> batchSize(int batchSize) {
    options.batchSize(batchSize);
    return this;
  }

  /** How long to gather a batch that is not full; not at all if unset. */
  public StreamSetup<S> batchingWindow(Duration window) {
    options.batchingWindow(window);
    return this;
  }

  /** How many batches of one shard may be under way at once; 1 if unset. */
  public StreamSetup<S> parallelizationFactor(int factor) {
    options.parallelizationFactor(factor);
    return this;
  }

  /** How often a failed batch is retried; until the stream no longer keeps it if unset. */
  public StreamSetup<S> maximumRetryAttempts(int attempts) {
    options.maximumRetryAttempts(attempts);
    return this;
  }

  /** How old a record may be that is sent to the function; no limit if unset. */
  public StreamSetup<S> maximumRecordAge(Duration age) {
    options.maximumRecordAge(age);
    return this;
  }

  /** Turns {@code BisectBatchOnFunctionError} on. */
  public StreamSetup<S> bisect() {
    options.bisect();
    return this;
  }

  /** Turns {@code ReportBatchItemFailures} off: whatever the function returns is a success. */
  public StreamSetup<S> ignoringResponses() {
    reporting = false;
    return this;
  }

  /** Sends what is given up to a queue. */
  public StreamSetup<S> onFailure() {
    return onFailure(StreamDestination.QUEUE);
  }

  /** Sends what is given up to a destination. */
  public StreamSetup<S> onFailure(StreamDestination destination) {
    options.onFailure(destination);
    return this;
  }

  /** How long the stream keeps a record. */
  public StreamSetup<S> retention(Duration retention) {
    options.retention(retention);
    return this;
  }

  /** What is drawn, such as request ids, is drawn from it; 0 if unset. */
  public StreamSetup<S> seed(long seed) {
    options.seed(seed);
    return this;
  }

  /**
   * Starts to read the stream.
   *
   * @throws IllegalArgumentException naming the option that AWS would refuse, and its value
   */
  public S start() {
    if (reporting) {
      options.reportBatchItemFailures();
    }
    StreamOptions read = options.build();
    EventFunction function =
        EventFunction.of(functions.make(handler.getName(), instance, null).local());
    S stream = opener.open(functions.clock().virtual(), function, read);
    stream.start();
    return stream;
  }
}
