// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.sim.DynamoDbStreamSimulator;
import dev.powertools.local.sim.StreamRecord;
import java.util.Map;

/**
 * The stream of a DynamoDB table of a test, made by {@link Functions#dynamoDbStream}. Attribute
 * values are plain: text, numbers, booleans, {@code byte[]}, lists, maps and null. Thread-safe.
 */
public final class DynamoDbStream extends TestStream {

  private final DynamoDbStreamSimulator simulator;

  DynamoDbStream(DynamoDbStreamSimulator simulator) {
    super(simulator);
    this.simulator = simulator;
  }

  /** An item was put that was not there. */
  public StreamRecord insert(Map<String, ?> keys, Map<String, ?> newImage) {
    return simulator.insert(keys, newImage);
  }

  /** An item was changed. */
  public StreamRecord modify(
      Map<String, ?> keys, Map<String, ?> oldImage, Map<String, ?> newImage) {
    return simulator.modify(keys, oldImage, newImage);
  }

  /** An item was deleted. */
  public StreamRecord remove(Map<String, ?> keys, Map<String, ?> oldImage) {
    return simulator.remove(keys, oldImage);
  }
}
