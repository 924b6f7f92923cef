// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.time.Instant;

/** One record of a {@link KinesisEvent}. Immutable: each method gives a new one. */
public final class KinesisRecord extends Told<KinesisRecord> {

  static final Setting<byte[]> DATA = new Setting<>();
  static final Setting<String> PARTITION_KEY = new Setting<>();
  static final Setting<String> SEQUENCE = new Setting<>();
  static final Setting<Instant> ARRIVED_AT = new Setting<>();

  private static final int MOST_BYTES = 10 * 1024 * 1024;

  KinesisRecord(Settings settings) {
    super(settings);
  }

  @Override
  KinesisRecord with(Settings changed) {
    return new KinesisRecord(changed);
  }

  /** Its data: bytes as they are, text in UTF-8, anything else as its JSON. */
  public KinesisRecord data(Object data) {
    byte[] bytes = Payload.bytes(data);
    if (bytes.length > MOST_BYTES) {
      throw Refused.value(
          "data", bytes.length + " bytes", "a record of Kinesis has 10 MiB at most");
    }
    return with(DATA, bytes);
  }

  /** Its partition key; {@code partition-1} by default. */
  public KinesisRecord partitionKey(String key) {
    if (key.isEmpty() || key.length() > 256) {
      throw Refused.value("partitionKey", key, "Kinesis takes 1 to 256 characters");
    }
    return with(PARTITION_KEY, key);
  }

  /** Its sequence number; ascending over the event by default. */
  public KinesisRecord sequenceNumber(String number) {
    if (!number.matches("0|[1-9][0-9]{0,128}")) {
      throw Refused.value("sequenceNumber", number, "Kinesis counts in up to 129 digits");
    }
    return with(SEQUENCE, number);
  }

  /** When Kinesis got it; by default when the event happened. */
  public KinesisRecord arrivedAt(Instant instant) {
    return with(ARRIVED_AT, instant);
  }
}
