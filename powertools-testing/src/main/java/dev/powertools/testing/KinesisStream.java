// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.sim.KinesisSimulator;
import dev.powertools.local.sim.StreamRecord;

/** A Kinesis data stream of a test, made by {@link Functions#kinesis}. Thread-safe. */
public final class KinesisStream extends TestStream {

  private final KinesisSimulator simulator;

  KinesisStream(KinesisSimulator simulator) {
    super(simulator);
    this.simulator = simulator;
  }

  /**
   * Puts a record into the stream.
   *
   * @param data text as it is, anything else as its JSON
   */
  public StreamRecord send(String partitionKey, Object data) {
    return simulator.send(partitionKey, bytes(data));
  }
}
