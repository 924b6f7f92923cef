// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.event.Events;
import dev.powertools.local.sim.StreamFailure;
import dev.powertools.local.sim.StreamFate;
import dev.powertools.local.sim.StreamRecord;
import dev.powertools.local.sim.StreamSimulator;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A stream of a test, and the event source mapping that reads it, on the test's clock: things
 * happen when the clock is moved or {@link #drain()} is called. Thread-safe.
 */
public abstract sealed class TestStream permits DynamoDbStream, KafkaTopic, KinesisStream {

  private final StreamSimulator simulator;

  TestStream(StreamSimulator simulator) {
    this.simulator = simulator;
  }

  final void start() {
    simulator.start();
  }

  /** Moves the test's clock until every record has its fate. */
  public final void drain() {
    simulator.drain();
  }

  /** The story of every record in the order of sending, in virtual times. */
  public final String explain() {
    return simulator.explain();
  }

  /** The story of one record. */
  public final String explain(StreamRecord record) {
    return simulator.explain(record);
  }

  /** What the destination was sent, oldest first. */
  public final List<StreamFailure> failures() {
    return simulator.failures();
  }

  /** What became of a record so far. */
  public final StreamFate fate(StreamRecord record) {
    return simulator.fate(record);
  }

  /** All records in the order of sending. */
  public final List<StreamRecord> records() {
    return simulator.records();
  }

  /** The records with this fate in the order of sending. */
  public final List<StreamRecord> records(StreamFate fate) {
    return simulator.records(fate);
  }

  /** Text as it is, anything else as its JSON. */
  static byte[] bytes(Object data) {
    return data instanceof CharSequence text
        ? text.toString().getBytes(StandardCharsets.UTF_8)
        : Events.of(data).toBytes();
  }
}
