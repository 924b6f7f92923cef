// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.math.BigInteger;
import java.time.Instant;

/**
 * One record of a simulated stream. Records are equal if they are the same record. Immutable.
 *
 * <p>Sequence numbers are compared as numbers: as text, {@code 99} would come after {@code 100}.
 */
public final class StreamRecord {
  private final int number;
  private final String shard;
  private final BigInteger sequence;
  private final String key;
  private final Instant arrival;
  private final byte[] json;

  StreamRecord(
      int number, String shard, BigInteger sequence, String key, Instant arrival, byte[] json) {
    this.number = number;
    this.shard = shard;
    this.sequence = sequence;
    this.key = key;
    this.arrival = arrival;
    this.json = json;
  }

  /** Its place in the order of sending, from 1. */
  public int number() {
    return number;
  }

  /** Its shard, or {@code topic-partition} for Kafka. */
  public String shard() {
    return shard;
  }

  /** Its sequence number within the shard, or its offset for Kafka. */
  public BigInteger sequence() {
    return sequence;
  }

  /** Its partition key; empty if it has none. */
  public String key() {
    return key;
  }

  /** When it came into the stream. */
  public Instant arrival() {
    return arrival;
  }

  /** The record as it stands in the function's event; the array is not to be changed. */
  byte[] json() {
    return json;
  }

  @Override
  public String toString() {
    return "#" + number + " " + (key.isEmpty() ? "" : key + " ") + shard + ":" + sequence;
  }
}
