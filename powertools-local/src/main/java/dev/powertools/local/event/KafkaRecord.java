// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One record of a {@link KafkaEvent}. Immutable: each method gives a new one. */
public final class KafkaRecord extends Told<KafkaRecord> {

  static final Setting<String> TOPIC = new Setting<>();
  static final Setting<Integer> PARTITION = new Setting<>();
  static final Setting<Long> OFFSET = new Setting<>();
  static final Setting<Instant> TIMESTAMP = new Setting<>();
  static final Setting<byte[]> KEY = new Setting<>();
  static final Setting<byte[]> VALUE = new Setting<>();
  static final Setting<List<Map.Entry<String, byte[]>>> HEADERS = new Setting<>();

  KafkaRecord(Settings settings) {
    super(settings);
  }

  @Override
  KafkaRecord with(Settings changed) {
    return new KafkaRecord(changed);
  }

  /** Its value: bytes as they are, text in UTF-8, anything else as its JSON; none by default. */
  public KafkaRecord value(Object value) {
    return with(VALUE, Payload.bytes(value));
  }

  /** Its key: bytes as they are, text in UTF-8, anything else as its JSON; none by default. */
  public KafkaRecord key(Object key) {
    return with(KEY, Payload.bytes(key));
  }

  /** The topic; {@code orders} by default. */
  public KafkaRecord topic(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,249}") || name.matches("\\.\\.?")) {
      throw Refused.value(
          "topic", name, "a topic's name has 1 to 249 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
    return with(TOPIC, name);
  }

  /** The number of the partition; 0 by default. */
  public KafkaRecord partition(int number) {
    if (number < 0) {
      throw Refused.value("partition", number, "partitions are counted from 0");
    }
    return with(PARTITION, number);
  }

  /** Its offset; by default one more than that of the record before in its partition. */
  public KafkaRecord offset(long offset) {
    if (offset < 0) {
      throw Refused.value("offset", offset, "offsets are counted from 0");
    }
    return with(OFFSET, offset);
  }

  /** When it was made; by default when the event happened. */
  public KafkaRecord timestamp(Instant instant) {
    return with(TIMESTAMP, instant);
  }

  /** Adds a header: bytes as they are, text in UTF-8, anything else as its JSON. */
  public KafkaRecord header(String name, Object value) {
    return with(settings.adding(HEADERS, List.of(Map.entry(name, Payload.bytes(value)))));
  }
}
