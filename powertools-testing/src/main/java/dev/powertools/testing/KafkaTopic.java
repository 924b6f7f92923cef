// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.sim.KafkaSimulator;
import dev.powertools.local.sim.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A Kafka topic of a test, made by {@link Functions#kafka}. Thread-safe. */
public final class KafkaTopic extends TestStream {

  private final KafkaSimulator simulator;

  KafkaTopic(KafkaSimulator simulator) {
    super(simulator);
    this.simulator = simulator;
  }

  /**
   * Sends a record to the partition of its key.
   *
   * @param value text as it is, anything else as its JSON
   */
  public StreamRecord send(String key, Object value) {
    return simulator.send(key, bytes(value));
  }

  /** Sends a record to a partition, with headers. */
  public StreamRecord send(int partition, String key, Object value, Map<String, String> headers) {
    return simulator.send(partition, key.getBytes(StandardCharsets.UTF_8), bytes(value), headers);
  }
}
