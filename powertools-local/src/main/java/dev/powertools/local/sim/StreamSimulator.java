// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.util.List;

/**
 * A stream and the event source mapping that reads it, on virtual time. Whatever is random in it is
 * drawn from its seed: the same calls give the same deliveries, ids and account.
 *
 * <p>Polling takes no time: a record is sent to the function at the moment at which it came, unless
 * a batching window gathers it, an earlier batch blocks it, or the clock stands still: things
 * happen when the clock is moved or {@link #drain()} is called. AWS polls a shard once a second
 * (DynamoDB: four times).
 *
 * <p>A function that sleeps on the clock is in the way of its own shard only; batches of others may
 * be sent in the meantime, which makes its sleep longer if they move the clock further.
 *
 * <p>Thread-safe.
 */
public abstract sealed class StreamSimulator
    permits DynamoDbStreamSimulator, KafkaSimulator, KinesisSimulator {

  private final StreamMapping mapping;

  StreamSimulator(StreamMapping mapping) {
    this.mapping = mapping;
  }

  /**
   * Starts the mapping, which reads what was sent before as its starting position says.
   *
   * @throws IllegalStateException if it was started before
   */
  public final void start() {
    mapping.start();
  }

  /**
   * Moves the clock until every record has its fate, or waits for something that no time will
   * bring.
   *
   * @throws dev.powertools.local.FunctionInitException if the function can't be started
   */
  public final void drain() {
    mapping.drain();
  }

  /** The story of every record in the order of sending, in virtual times. */
  public final String explain() {
    return mapping.account(StreamAccount::explain);
  }

  /** The story of one record. */
  public final String explain(StreamRecord record) {
    return mapping.account(account -> account.explain(record));
  }

  /** What became of a record so far. */
  public final StreamFate fate(StreamRecord record) {
    return mapping.account(account -> account.fate(record));
  }

  /** All records in the order of sending. */
  public final List<StreamRecord> records() {
    return mapping.account(StreamAccount::records);
  }

  /** The records with this fate in the order of sending. */
  public final List<StreamRecord> records(StreamFate fate) {
    return records().stream().filter(record -> fate(record) == fate).toList();
  }

  /** What the destination was sent, oldest first; empty if there is none. */
  public final List<StreamFailure> failures() {
    return mapping.failures();
  }

  final void append(StreamRecord record) {
    mapping.send(record);
  }
}
